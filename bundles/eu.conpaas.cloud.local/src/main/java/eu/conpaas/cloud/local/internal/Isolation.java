package eu.conpaas.cloud.local.internal;

import java.util.Map;

/** What differs between nodes in namespaces and nodes on loopback addresses. */
interface Isolation {
    Mode mode();

    /** Address under which nodes reach this machine. */
    String hostAddress(NetworkPlan plan);

    /** Makes the installation's network if it is not there. */
    void ensureNetwork(NetworkPlan plan);

    /** Removes the installation's network; none of its nodes is left. */
    void removeNetwork(NetworkPlan plan);

    /** Prepares what the start of a VM needs beyond its folder and says where the node finds things. */
    Places prepare(VmRecord vm, VmFolder folder, NodeFiles files, NetworkPlan plan);

    /** Starts the first process. @return false if its set-up failed, with the reason in the console log */
    boolean start(VmRecord vm, VmFolder folder, NetworkPlan plan, Map<String, String> environment);

    /** Removes what is left outside its folder of a VM whose processes are gone. */
    void clean(VmRecord vm, NetworkPlan plan);

    /** Path of the shared folder as the node sees it, or null. */
    String sharedPath(VmRecord vm, NodeFiles files);

    /** Leads a reserved address to a running VM and away from all others. */
    void attach(String address, VmRecord vm, NetworkPlan plan, Init init, Iterable<Init> others);

    /** Takes a reserved address from whichever has it. */
    void detach(String address, Iterable<Init> nodes);

    /** Paths as the node sees them; shared and run, a folder with a short name, may be null. */
    record Places(String node, String product, String bootstrap, String shared, String run) {
    }
}
