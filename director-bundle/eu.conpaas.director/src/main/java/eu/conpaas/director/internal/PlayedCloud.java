package eu.conpaas.director.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;

/** The cloud of a {@link Rehearsal}: takes orders for VMs, which never boot. */
final class PlayedCloud implements Cloud {
    static final CloudDriver DRIVER = new CloudDriver() {
        @Override
        public String id() {
            return "played";
        }

        @Override
        public Cloud open(CloudConfig config) {
            return new PlayedCloud(config.name());
        }

        @Override
        public Map<String, String> keys() {
            return Map.of();
        }
    };
    private final Map<String, Vm> vms = new ConcurrentHashMap<>();
    private final String name;

    private PlayedCloud(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
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
        return vms.computeIfAbsent(request.token(), token -> new Vm(token, token, Vm.State.PENDING, null, null, null, null));
    }

    @Override
    public Vm describe(String vmid) {
        Vm vm = vms.get(vmid);
        if (vm == null) {
            throw new CloudException(CloudException.Kind.NOT_FOUND, "there is no VM " + vmid);
        }
        return vm;
    }

    @Override
    public List<Vm> list() {
        return List.copyOf(vms.values());
    }

    @Override
    public void terminate(String vmid) {
        vms.remove(vmid);
    }

    @Override
    public String consoleLog(String vmid, int bytes) {
        return "";
    }

    @Override
    public String reserveAddress(String key) {
        throw new UnsupportedOperationException("the played cloud has no addresses");
    }

    @Override
    public Map<String, String> reservedAddresses() {
        return Map.of();
    }

    @Override
    public void attachAddress(String address, String vmid) {
        throw new UnsupportedOperationException("the played cloud has no addresses");
    }

    @Override
    public void releaseAddress(String address) {
        throw new UnsupportedOperationException("the played cloud has no addresses");
    }

    @Override
    public void removeSharedFolder(String key) {
        throw new UnsupportedOperationException("the played cloud has no shared folders");
    }

    @Override
    public void close() {
        vms.clear();
    }
}
