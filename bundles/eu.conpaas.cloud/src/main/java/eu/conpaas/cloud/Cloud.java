package eu.conpaas.cloud;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One cloud. Calls may block for seconds, never for a boot: {@link #create} returns as soon as the cloud has taken the order,
 * and a node counts as ready at its first heartbeat to the director. All failures are {@link CloudException}s.
 * Safe for use from several threads.
 */
public interface Cloud extends AutoCloseable {
    /** Name in the director. */
    String name();

    /** What it offers beyond nodes. */
    Set<Capability> capabilities();

    /** Warnings users should see, such as {@code no isolation}; empty if there is nothing to say. */
    List<String> notices();

    /** URL host by which nodes of this cloud reach the director's machine, or null if the configured DIRECTOR_URL is right. */
    String directorHost();

    /**
     * Orders a node. Repeating the call with the same token gives the same VM, also after a restart of the director.
     *
     * @return the VM, possibly without addresses yet
     */
    Vm create(VmRequest request);

    /** The VM with this id as it is now. @throws CloudException NOT_FOUND if there is none */
    Vm describe(String vmid);

    /** All VMs of this installation, however they came about; may lag behind by some seconds. */
    List<Vm> list();

    /** Ends a VM and everything in it. Ending one that is gone is no error. */
    void terminate(String vmid);

    /** Last output of the VM's console, at most {@code bytes}. */
    String consoleLog(String vmid, int bytes);

    /** Reserves an address that stays until released (capability ADDRESS). The same key gives the same address. */
    String reserveAddress(String key);

    /** All addresses this installation has reserved here, by key; may lag behind by some seconds. */
    Map<String, String> reservedAddresses();

    /** Leads an address to a VM, taking it from whichever had it. Repeating it is no error. */
    void attachAddress(String address, String vmid);

    /** Gives an address back. Releasing one that is not reserved is no error. */
    void releaseAddress(String address);

    /**
     * Removes a shared folder and what is in it (capability SHARED_FOLDER); folders come into being with the first VM that names them.
     */
    void removeSharedFolder(String key);

    /**
     * Ends everything this installation has here: VMs, and in clouds that keep them, reserved addresses, shared folders and networks.
     * For uninstalling; what the installation does not own is not touched. Repeating it is no error.
     */
    default void purge() {
        list().forEach(vm -> terminate(vm.id()));
    }

    /** Lets go of connections and threads; VMs stay. */
    @Override
    void close();

    /** What a cloud may offer. */
    enum Capability { VOLUMES, SHARED_FOLDER, FIREWALL, ADDRESS }
}
