package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * This machine as a cloud. It holds no state of its own: records on disk, /proc and the kernel's links say what there is, so that
 * another director process goes on where one ended.
 */
final class LocalCloud implements Cloud {
    private final CloudConfig config;
    private final Machine machine;
    private final Fleet fleet;
    private final Addresses addresses;
    private final NetworkChoice networks;
    private final NodeFiles files;
    private final Path shared;
    /** One of these per VM, some VMs sharing one: a call waits at most for another VM's call. */
    private final ReentrantLock[] vmLocks = Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);
    /** Held while numbers, addresses and the bridge are given and taken; inside a VM's lock, never around one. */
    private final ReentrantLock network = new ReentrantLock();

    LocalCloud(CloudConfig config, LocalOptions options) {
        this.config = config;
        Path folder = config.folder().toAbsolutePath().normalize();
        String identity = config.installation() + "/" + config.name();
        this.machine = new Machine(options, NetworkPlan.tag(identity));
        this.fleet = new Fleet(folder);
        this.addresses = new Addresses(folder);
        this.networks = new NetworkChoice(folder, identity);
        this.shared = folder.resolve("shared");
        this.files = new NodeFiles(config.nodeProduct().toAbsolutePath().normalize(), shared, options.visible());
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return machine.options().shared() ? Set.of(Capability.ADDRESS, Capability.SHARED_FOLDER) : Set.of(Capability.ADDRESS);
    }

    @Override
    public List<String> notices() {
        return machine.notices();
    }

    /** In namespaces the bridge's address; the bridge is there when this returns, so that a server can be bound to it. */
    @Override
    public String directorHost() {
        return guarded(network, () -> machine.isolation().hostAddress(ensureNetwork()));
    }

    @Override
    public Vm create(VmRequest request) {
        Requests.check(request);
        Size size = machine.options().size(request.size());
        files.requireProduct();
        String vmid = Fleet.id(request.token());
        return guarded(lock(vmid), () -> {
            VmRecord vm = fleet.record(vmid);
            VmFolder folder = fleet.folder(vmid);
            if (vm != null && vm.ending()) {
                new Ending(machine, folder).run(vm, networks.kept());
                forget(folder);
                vm = null;
            }
            Init init = vm == null ? null : folder.started();
            if (vm != null && init != null && init.ready()) {
                return view(vm);
            }
            if (vm == null) {
                vm = order(vmid, request, size);
            } else {
                // a director that is gone got no further than this; what it began would miss it
                new Ending(machine, folder).run(vm, networks.kept());
            }
            start(vm, folder, request, size);
            return view(vm);
        });
    }

    private VmRecord order(String vmid, VmRequest request, Size size) {
        return guarded(network, () -> {
            NetworkPlan plan = ensureNetwork();
            VmFolder folder = fleet.folder(vmid);
            Disk.folder(folder.path().getParent(), "rwx--x--x");
            Disk.folder(folder.path(), "rwx--x--x");
            VmRecord vm = VmRecord.of(vmid, request, size.name(), machine.isolation().mode(), plan.prefix(), fleet.freeNumber());
            folder.store(vm);
            return vm;
        });
    }

    private void start(VmRecord vm, VmFolder folder, VmRequest request, Size size) {
        NetworkPlan plan = guarded(network, this::ensureNetwork);
        String failure;
        try {
            if (vm.sharedFolder() != null) {
                Disk.folder(shared, "rwx--x--x");
                Disk.folder(files.sharedFolder(vm.sharedFolder()), "rwxr-xr-x");
            }
            failure = new Start(machine, files, vm, folder).run(request.userData(), size, plan) ? null : Console.tail(folder.console(), 1000).strip();
        } catch (UncheckedIOException e) {
            failure = e.getCause().getMessage();
        }
        if (failure != null) {
            finish(vm, folder);
            throw new CloudException(Kind.CAPACITY, "this machine could not start " + vm.name() + ": " + failure);
        }
    }

    @Override
    public Vm describe(String vmid) {
        VmRecord vm = fleet.record(vmid);
        if (vm == null) {
            throw new CloudException(Kind.NOT_FOUND, "no VM " + vmid);
        }
        return view(vm);
    }

    @Override
    public List<Vm> list() {
        List<VmRecord> all = fleet.all();
        all.forEach(vm -> Console.bound(fleet.folder(vm.id()).console()));
        return all.stream().map(this::view).toList();
    }

    @Override
    public void terminate(String vmid) {
        if (!Requests.isVmid(vmid)) {
            return;
        }
        guarded(lock(vmid), () -> {
            VmFolder folder = fleet.folder(vmid);
            VmRecord vm = folder.load();
            if (vm != null) {
                finish(vm, folder);
            } else if (folder.exists()) {
                forget(folder);
            }
            return null;
        });
    }

    private void finish(VmRecord vm, VmFolder folder) {
        folder.store(vm.asEnding());
        new Ending(machine, folder).run(vm, networks.kept());
        forget(folder);
    }

    /** Removes a VM's folder, and with the last one what the installation's VMs had in common. */
    private void forget(VmFolder folder) {
        folder.empty(); // thousands of files, which others need not wait for
        guarded(network, () -> {
            folder.remove();
            fleet.sweep();
            NetworkPlan plan = networks.kept();
            if (fleet.ids().isEmpty() && plan != null) {
                removeNetwork(plan);
            }
            return null;
        });
    }

    private void removeNetwork(NetworkPlan plan) {
        machine.isolation(Mode.of(plan.mode())).removeNetwork(plan);
        try {
            machine.limits().removeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String consoleLog(String vmid, int bytes) {
        if (fleet.record(vmid) == null) {
            throw new CloudException(Kind.NOT_FOUND, "no VM " + vmid);
        }
        return Console.tail(fleet.folder(vmid).console(), bytes);
    }

    @Override
    public String reserveAddress(String key) {
        Requests.key(key);
        return guarded(network, () -> addresses.reserve(key, plan()));
    }

    @Override
    public Map<String, String> reservedAddresses() {
        return guarded(network, () -> addresses.byKey());
    }

    @Override
    public void attachAddress(String address, String vmid) {
        guarded(network, () -> {
            VmRecord vm = fleet.record(vmid);
            if (vm == null || !addresses.all().contains(address)) {
                throw new CloudException(Kind.NOT_FOUND, vm == null ? "no VM " + vmid : "address " + address + " is not reserved");
            }
            VmFolder folder = fleet.folder(vmid);
            Init init = folder.started();
            if (init == null || !init.alive(vm)) {
                throw new CloudException(Kind.NOT_FOUND, "VM " + vmid + " does not run");
            }
            List<Init> others = new ArrayList<>(fleet.running());
            others.remove(init);
            machine.isolation(vm.isolation()).attach(address, vm, networks.kept(), init, others);
            return null;
        });
    }

    @Override
    public void releaseAddress(String address) {
        guarded(network, () -> {
            if (addresses.all().contains(address)) {
                machine.isolation().detach(address, fleet.running());
                addresses.release(address);
            }
            return null;
        });
    }

    @Override
    public void removeSharedFolder(String key) {
        Disk.remove(files.sharedFolder(Requests.key(key)));
    }

    @Override
    public void purge() {
        fleet.ids().forEach(this::terminate);
        guarded(network, () -> {
            NetworkPlan plan = networks.kept();
            if (plan != null) {
                removeNetwork(plan);
            }
            fleet.remove();
            Disk.remove(shared);
            addresses.clear();
            networks.release();
            return null;
        });
    }

    @Override
    public void close() {
        // nothing is held: no thread, no connection, no file
    }

    private Vm view(VmRecord vm) {
        return fleet.view(vm, machine.isolation(vm.isolation()).sharedPath(vm, files));
    }

    private NetworkPlan ensureNetwork() {
        NetworkPlan plan = plan();
        machine.isolation().ensureNetwork(plan);
        return plan;
    }

    private NetworkPlan plan() {
        Disk.folder(config.folder(), "rwx--x--x");
        return networks.get(machine.isolation().mode(), machine.options().subnet(), !fleet.ids().isEmpty() || !addresses.all().isEmpty());
    }

    private ReentrantLock lock(String vmid) {
        return vmLocks[Math.floorMod(vmid.hashCode(), vmLocks.length)];
    }

    private static <T> T guarded(ReentrantLock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
