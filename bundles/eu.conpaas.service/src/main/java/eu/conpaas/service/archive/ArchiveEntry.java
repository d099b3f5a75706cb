package eu.conpaas.service.archive;

import java.io.InputStream;
import java.nio.file.attribute.FileTime;

/**
 * A checked entry of an archive.
 *
 * @param path       inside the archive, normalised: no leading slash, no {@code .} or {@code ..}
 * @param kind       what it is
 * @param target     for a symbolic link its text, for a hard link the path in the archive, else null
 * @param mode       permission bits, as the archive says
 * @param modified   when it was last changed
 * @param data       content of a file
 */
record ArchiveEntry(String path, Kind kind, String target, int mode, FileTime modified, InputStream data) {
    /** Whether its owner may execute it. */
    boolean executable() {
        return (mode & 0100) != 0;
    }

    enum Kind { FILE, FOLDER, SYMLINK, HARDLINK }

    /** Takes entries in the archive's order. */
    interface Visitor {
        void visit(ArchiveEntry entry) throws java.io.IOException;
    }
}
