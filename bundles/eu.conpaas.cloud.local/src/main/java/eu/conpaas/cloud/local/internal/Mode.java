package eu.conpaas.cloud.local.internal;

/** How far a node is kept from the machine and from other nodes. */
enum Mode {
    /** Own network, process, mount, name and IPC namespaces on a bridge; needs root. */
    NAMESPACES("namespaces"),
    /** Own 127.x address, nothing else. */
    LOOPBACK("loopback");

    private final String id;

    Mode(String id) {
        this.id = id;
    }

    /** Value of the option and of CONPAAS_ISOLATION. */
    String id() {
        return id;
    }

    static Mode of(String id) {
        for (Mode mode : values()) {
            if (mode.id.equals(id)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no such mode: " + id);
    }
}
