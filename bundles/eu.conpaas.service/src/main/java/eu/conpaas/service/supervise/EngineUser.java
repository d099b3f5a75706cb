package eu.conpaas.service.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The user engines run under.
 *
 * @param id numeric user and group id, or -1 to run them as this process
 */
public record EngineUser(int id) {
    /** Engines run as this process does. */
    public static final EngineUser SELF = new EngineUser(-1);

    /** Whether engines run under another user than this process. */
    public boolean isOther() {
        return id >= 0;
    }

    /** What goes before a command to run it as this user. */
    public List<String> prefix() {
        return isOther() ? List.of("setpriv", "--reuid", Integer.toString(id), "--regid", Integer.toString(id), "--clear-groups", "--") : List.of();
    }

    /** Makes a folder, and those above it that are missing, for this user. */
    public void folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            folder(folder.getParent());
        }
        Files.createDirectory(folder);
        give(folder);
    }

    /** Makes the file or folder this user's. */
    public void give(Path path) throws IOException {
        if (isOther()) {
            Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
