package eu.conpaas.cloud.testkit;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cloud in memory that goes wrong as its script says; with an empty script it keeps the whole contract. For example, a director that
 * must not lose a VM whose order was answered with a broken connection:
 * {@snippet :
 * HostileWorld world = new HostileWorld();
 * FaultScript faults = new FaultScript().next(Call.CREATE, Fault.LOST_ANSWER);
 * Cloud cloud = new HostileCloud("default", "installation", world, faults);
 * }
 * What really is there is in the {@link HostileWorld}, which outlives the cloud object as a real cloud outlives its client.
 */
public final class HostileCloud implements Cloud {
    private static final String SIZE = "small";

    private final String name;
    private final String installation;
    private final HostileWorld world;
    private final FaultScript faults;

    public HostileCloud(String name, String installation, HostileWorld world, FaultScript faults) {
        this.name = name;
        this.installation = installation;
        this.world = world;
        this.faults = faults;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.ADDRESS, Capability.SHARED_FOLDER);
    }

    @Override
    public List<String> notices() {
        return List.of();
    }

    @Override
    public String directorHost() {
        return null;
    }

    @Override
    public Vm create(VmRequest request) {
        return call(Call.CREATE, request.token(), fault -> {
            if (request.size() != null && !request.size().equals(SIZE)) {
                throw new CloudException(Kind.BAD_REQUEST, "no size " + request.size() + "; there is only " + SIZE);
            }
            return switch (fault) {
                case TWICE -> {
                    world.make(installation, request, Vm.State.RUNNING, null, true);
                    yield world.make(installation, request, Vm.State.RUNNING, null, true);
                }
                case NEVER_BOOTS -> world.make(installation, request, Vm.State.PENDING, null, false);
                case DIES -> world.make(installation, request, Vm.State.FAILED, "kernel panic", false);
                case IGNORED -> new Vm("vm-ffffffffffff", request.token(), Vm.State.PENDING, null, null, null, null);
                case null, default -> world.make(installation, request, Vm.State.RUNNING, null, false);
            };
        });
    }

    @Override
    public Vm describe(String vmid) {
        return call(Call.DESCRIBE, vmid, fault -> find(vmid, fault == Fault.STALE));
    }

    @Override
    public List<Vm> list() {
        return call(Call.LIST, "", fault -> world.of(installation, fault == Fault.STALE));
    }

    @Override
    public void terminate(String vmid) {
        act(Call.TERMINATE, vmid, () -> world.end(installation, vmid));
    }

    @Override
    public String consoleLog(String vmid, int bytes) {
        return call(Call.CONSOLE, vmid, fault -> {
            String log = "booting " + find(vmid, false).id() + "\n";
            return log.substring(Math.max(0, log.length() - bytes));
        });
    }

    @Override
    public String reserveAddress(String key) {
        return call(Call.RESERVE, key, fault -> world.reserve(installation, key));
    }

    @Override
    public Map<String, String> reservedAddresses() {
        return call(Call.ADDRESSES, installation, fault -> world.reservedBy(installation));
    }

    @Override
    public void attachAddress(String address, String vmid) {
        act(Call.ATTACH, address + " " + vmid, () -> {
            if (!world.attach(installation, address, vmid)) {
                throw new CloudException(Kind.NOT_FOUND, "no address " + address + " or no VM " + vmid);
            }
        });
    }

    @Override
    public void releaseAddress(String address) {
        act(Call.RELEASE, address, () -> world.release(installation, address));
    }

    @Override
    public void removeSharedFolder(String key) {
        act(Call.REMOVE_FOLDER, key, () -> { });
    }

    @Override
    public void purge() {
        world.of(installation, false).forEach(vm -> terminate(vm.id()));
        world.reservedBy(installation).values().forEach(this::releaseAddress);
    }

    @Override
    public void close() {
        // the world goes on
    }

    private Vm find(String vmid, boolean stale) {
        return world.of(installation, stale).stream().filter(vm -> vm.id().equals(vmid)).findFirst()
                .orElseThrow(() -> new CloudException(Kind.NOT_FOUND, "no VM " + vmid));
    }

    private void act(Call call, String subject, Runnable work) {
        call(call, subject, fault -> {
            if (fault != Fault.IGNORED) {
                work.run();
            }
            return null;
        });
    }

    private <T> T call(Call call, String subject, Function<Fault, T> work) {
        Fault fault = faults.take(call);
        world.log(call, subject);
        Supplier<T> done = () -> work.apply(fault);
        return switch (fault) {
            case LOST_ORDER -> throw new CloudException(Kind.UNREACHABLE, "connection reset");
            case LOST_ANSWER -> {
                done.get();
                throw new CloudException(Kind.UNREACHABLE, "no answer within 30 s");
            }
            case THROTTLED -> throw new CloudException(Kind.THROTTLED, "too many requests");
            case CAPACITY -> throw new CloudException(Kind.CAPACITY, "no host with enough room");
            case QUOTA -> throw new CloudException(Kind.QUOTA, "the account's limit of VMs is reached");
            case AUTH -> throw new CloudException(Kind.AUTH, "the credentials were refused");
            case null, default -> done.get();
        };
    }
}
