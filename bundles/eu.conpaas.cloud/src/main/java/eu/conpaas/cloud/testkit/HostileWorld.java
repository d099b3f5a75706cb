package eu.conpaas.cloud.testkit;

import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What there really is in a {@link HostileCloud}, shared by all that open it. Safe for use from several threads. */
public final class HostileWorld {
    /** Request of each VM made, by id. */
    private final Map<String, VmRequest> requests = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, Vm> vms = new LinkedHashMap<>();
    private Map<String, Vm> before = Map.of();
    private final Map<String, String> reserved = new TreeMap<>();
    private final Map<String, String> attached = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private Consumer<Vm> onBoot = vm -> { };
    private int made;

    /** What to do when a VM boots, such as sending its first heartbeat; called on the thread of create. */
    public synchronized void onBoot(Consumer<Vm> action) {
        onBoot = action;
    }

    /** The VMs there are, whatever the cloud says of them. */
    public synchronized List<Vm> vms() {
        return List.copyOf(vms.values());
    }

    /** The order that led to a VM, also when that is gone; null if there never was one. */
    public synchronized VmRequest request(String vmid) {
        return requests.get(vmid);
    }

    /** Every VM ever made. */
    public synchronized int made() {
        return made;
    }

    /** The calls so far, as "CREATE token", "TERMINATE vmid". */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** All reserved addresses, by installation and key with a slash between. */
    public synchronized Map<String, String> reserved() {
        return Map.copyOf(reserved);
    }

    /** Who holds a reserved address: a VM id, or null. */
    public synchronized String holder(String address) {
        return attached.get(address);
    }

    /** Ends a VM behind everybody's back, as a crash of its host does. */
    public synchronized void lose(String vmid) {
        change();
        vms.remove(vmid);
    }

    /** Lets a VM fail: it stays, as FAILED. */
    public synchronized void fail(String vmid, String reason) {
        change();
        vms.computeIfPresent(vmid, (id, vm) -> new Vm(id, vm.token(), Vm.State.FAILED, vm.address(), vm.privateAddress(), vm.sharedFolder(), reason));
    }

    synchronized void log(Call call, String subject) {
        calls.add(call + " " + subject);
    }

    /** @param again whether to make one even if there is one with this token */
    Vm make(String installation, VmRequest request, Vm.State state, String reason, boolean again) {
        Vm vm;
        Consumer<Vm> boot;
        synchronized (this) {
            Vm known = byToken(installation, request.token());
            if (known != null && !again) {
                return known;
            }
            change();
            made++;
            String id = "vm-%012x".formatted(made);
            String address = state == Vm.State.PENDING ? null : "127.255." + (made >> 8 & 0xff) + "." + (made & 0xff);
            vm = new Vm(id, request.token(), state, address, address, request.sharedFolder() == null ? null : "/shared", reason);
            vms.put(id, vm);
            requests.put(id, request);
            owners.put(id, installation);
            boot = onBoot;
        }
        if (state == Vm.State.RUNNING) {
            boot.accept(vm);
        }
        return vm;
    }

    private Vm byToken(String installation, String token) {
        return of(installation, false).stream().filter(vm -> vm.token().equals(token)).findFirst().orElse(null);
    }

    synchronized List<Vm> of(String installation, boolean stale) {
        return (stale ? before : vms).values().stream().filter(vm -> installation.equals(owners.get(vm.id()))).toList();
    }

    synchronized void end(String installation, String vmid) {
        if (installation.equals(owners.get(vmid)) && vms.containsKey(vmid)) {
            change();
            vms.remove(vmid);
            attached.values().removeIf(vmid::equals);
        }
    }

    synchronized String reserve(String installation, String key) {
        String name = installation + "/" + key;
        if (!reserved.containsKey(name)) {
            int number = 1;
            while (reserved.containsValue("10.254.0." + number)) {
                number++;
            }
            reserved.put(name, "10.254.0." + number);
        }
        return reserved.get(name);
    }

    synchronized boolean attach(String installation, String address, String vmid) {
        boolean known = reserved.entrySet().stream().anyMatch(e -> e.getKey().startsWith(installation + "/") && e.getValue().equals(address));
        if (!known || !vms.containsKey(vmid) || !installation.equals(owners.get(vmid))) {
            return false;
        }
        attached.put(address, vmid);
        return true;
    }

    synchronized void release(String installation, String address) {
        if (reserved.entrySet().removeIf(e -> e.getKey().startsWith(installation + "/") && e.getValue().equals(address))) {
            attached.remove(address);
        }
    }

    synchronized Map<String, String> reservedBy(String installation) {
        return reserved.entrySet().stream().filter(e -> e.getKey().startsWith(installation + "/"))
                .collect(Collectors.toMap(e -> e.getKey().substring(installation.length() + 1), Map.Entry::getValue));
    }

    private void change() {
        before = new LinkedHashMap<>(vms);
    }
}
