package eu.conpaas.service.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Points at which a test makes a node process die as by {@code kill -9}. A point is armed by a file of its name in the folder that the environment
 * variable {@code CONPAAS_FAILPOINTS} names; the file goes as the process dies, so that each arming kills once. Without the variable nothing is
 * looked at.
 */
public enum Failpoint {
    NODE_ENROLLED, NODE_BEFORE_HEARTBEAT, NODE_BEFORE_RENEW, NODE_ENDING,
    AGENT_STORED, AGENT_BEFORE_DAEMONS, AGENT_CONFIGURED, AGENT_RELEASED,
    MANAGER_OPENED, MANAGER_BEFORE_STEP, MANAGER_AFTER_STEP, MANAGER_CONFIGURED, MANAGER_REPORTED, MANAGER_AFTER_SWITCH, MANAGER_IN_UNDO,
    MANAGER_AFTER_UNDO, MANAGER_CONVERGING;

    private static final Path FOLDER = System.getenv("CONPAAS_FAILPOINTS") == null ? null : Path.of(System.getenv("CONPAAS_FAILPOINTS"));

    /** Dies here if this point is armed. */
    public void reached() {
        if (FOLDER != null) {
            try {
                if (Files.deleteIfExists(FOLDER.resolve(name()))) {
                    Runtime.getRuntime().halt(137);
                }
            } catch (IOException e) {
                throw new IllegalStateException("failpoint " + this, e);
            }
        }
    }
}
