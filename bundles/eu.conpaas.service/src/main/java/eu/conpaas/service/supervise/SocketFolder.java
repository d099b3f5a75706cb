package eu.conpaas.service.supervise;

import eu.conpaas.service.archive.Unpacker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where a node's unix sockets are. The kernel takes names of 107 characters at most, which those in a node's own folder may exceed where the
 * node has no file tree of its own. Then they are in the short folder that the cloud has made for the node and removes with it; on a cloud
 * that makes none, in one under {@code /tmp}.
 */
public final class SocketFolder {
    /** Less than the kernel takes, for programs that make a socket under a longer name first. */
    private static final int LONGEST = 90;
    private static final String GIVEN = "CONPAAS_RUN";

    private SocketFolder() {
    }

    /**
     * The socket to use in place of one in the node's own folder, which is that one if its name is short enough.
     *
     * @param near socket in the node's folder
     * @param node the node's folder
     * @param user who makes the socket
     */
    public static Path socket(Path near, Path node, EngineUser user) throws IOException {
        if (near.toString().length() <= LONGEST) {
            return near;
        }
        Path folder = of(node);
        user.folder(folder);
        user.give(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder.resolve(near.getFileName());
    }

    /** Removes a node's short folder if there is one; when no socket in it is in use any more. */
    public static void remove(Path node) throws IOException {
        Unpacker.delete(of(node));
    }

    private static Path of(Path node) {
        String given = System.getenv(GIVEN);
        return given != null ? Path.of(given) : Path.of("/tmp/conpaas-" + UUID.nameUUIDFromBytes(node.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
