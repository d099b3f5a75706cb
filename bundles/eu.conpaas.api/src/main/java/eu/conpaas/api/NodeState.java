package eu.conpaas.api;

/** The life of a node (a VM or a local process tree), in this order. */
public enum NodeState {
    /** Intent stored, the cloud may or may not have been asked. */
    REQUESTED,
    /** The cloud answered with an id; no heartbeat yet. */
    BOOTING,
    /** At least one authenticated heartbeat has arrived. */
    READY,
    /** Being taken down; the cloud may still list it. */
    LEAVING,
    /** Gone on purpose. */
    ENDED,
    /** Never became ready. */
    FAILED,
    /** Was ready and vanished. */
    LOST;

    /** Whether the cloud may hold something for this node. */
    public boolean isAlive() {
        return this == REQUESTED || this == BOOTING || this == READY || this == LEAVING;
    }
}
