package eu.conpaas.service.runtime;

import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folders of a node.
 *
 * @param root all of it
 */
public record NodeFolders(Path root) {
    /** Makes them. {@link #secret} can be read by the node process only. */
    public void make(EngineUser user) throws IOException {
        Files.createDirectories(root);
        if (!Files.isDirectory(secret())) {
            Files.createDirectory(secret(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.createDirectories(content());
        Files.createDirectories(logs());
        user.folder(engines());
    }

    /** Keys, the node's context, configurations of roles, records of daemons. */
    public Path secret() {
        return root.resolve("node");
    }

    /** Records of daemons. */
    public Path daemons() {
        return secret().resolve("daemons");
    }

    /** Configurations of roles. */
    public Path roles() {
        return secret().resolve("roles");
    }

    /** Files from the director's content store. */
    public Path content() {
        return root.resolve("content");
    }

    /** Output of daemons, of the node process and of the start-up script. */
    public Path logs() {
        return root.resolve("log");
    }

    /** Where engines may write. */
    public Path engines() {
        return root.resolve("engines");
    }
}
