package eu.conpaas.service.archive;

import eu.conpaas.api.ApiException;
import java.nio.file.Path;

/** Decides whether an uploaded archive may be unpacked, by reading all of it as a stream: nothing is written, memory use is small. */
public final class ArchiveCheck {
    private ArchiveCheck() {
    }

    /**
     * Reads the whole archive.
     *
     * @param file     where it is
     * @param filename what the user calls it, for messages
     * @throws ApiException BAD_ARCHIVE if it is no archive, cannot be read, is encrypted, names or links to anything outside itself, holds
     *         anything but files, folders and links, or unpacks to more than the default limits
     */
    public static ArchiveFacts check(Path file, String filename) {
        return check(file, filename, ArchiveLimits.DEFAULT);
    }

    /** As {@link #check(Path, String)} with other limits. */
    public static ArchiveFacts check(Path file, String filename, ArchiveLimits limits) {
        return ArchiveReader.read(file, filename, limits, entry -> {
            if (entry.kind() == ArchiveEntry.Kind.FILE) {
                entry.data().transferTo(java.io.OutputStream.nullOutputStream());
            }
        });
    }
}
