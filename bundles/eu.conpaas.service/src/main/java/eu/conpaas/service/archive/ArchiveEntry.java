package eu.conpaas.service.archive;

import java.io.InputStream;

/**
 * A checked entry of an archive.
 *
 * @param path       inside the archive, normalised: no leading slash, no {@code .} or {@code ..}
 * @param kind       what it is
 * @param target     for a symbolic link its text, for a hard link the path in the archive, else null
 * @param executable whether its owner may execute it
 * @param data       content of a file
 */
record ArchiveEntry(String path, Kind kind, String target, boolean executable, InputStream data) {
    enum Kind { FILE, FOLDER, SYMLINK, HARDLINK }

    /** Takes entries in the archive's order. */
    interface Visitor {
        void visit(ArchiveEntry entry) throws java.io.IOException;
    }
}
