package eu.conpaas.service.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Points at which a test makes a node process die as by {@code kill -9}. Points are armed by the file {@code failpoints} in the node product's folder,
 * which all local nodes share and only the owner of the installation can write: one line {@code NAME ID} or {@code NAME ID NODE} each. Every node
 * (or the named one) dies once for each ID.
 */
public enum Failpoint {
    NODE_ENROLLED, NODE_BEFORE_HEARTBEAT, NODE_BEFORE_RENEW, NODE_ENDING,
    AGENT_STORED, AGENT_BEFORE_DAEMONS, AGENT_CONFIGURED, AGENT_RELEASED,
    MANAGER_OPENED, MANAGER_BEFORE_STEP, MANAGER_AFTER_STEP, MANAGER_REPORTED, MANAGER_AFTER_SWITCH, MANAGER_IN_UNDO, MANAGER_AFTER_UNDO,
    MANAGER_CONVERGING, MANAGER_BEFORE_PUSH, MANAGER_AFTER_PUSH;

    private static volatile Place place;

    private record Place(Path armed, Path done, String node) {
    }

    /**
     * @param armed file that arms points; need not be there
     * @param done  folder in which points that have fired are noted
     * @param node  this node's id
     */
    public static void configure(Path armed, Path done, String node) {
        place = new Place(armed, done, node);
    }

    /** Dies here if this point is armed and has not fired yet. */
    public void reached() {
        Place here = place;
        if (here == null || !Files.exists(here.armed)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(here.armed)) {
                String[] words = line.strip().split(" +");
                if (words.length >= 2 && words[0].equals(name()) && (words.length == 2 || words[2].equals(here.node))) {
                    fire(here.done.resolve(words[0] + "-" + words[1].replaceAll("[^A-Za-z0-9]", "_")));
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException("failpoint " + this + ": " + e.getMessage(), e);
        }
    }

    private static void fire(Path mark) throws IOException {
        if (!Files.exists(mark)) {
            Files.createDirectories(mark.getParent());
            Files.createFile(mark);
            Runtime.getRuntime().halt(137);
        }
    }
}
