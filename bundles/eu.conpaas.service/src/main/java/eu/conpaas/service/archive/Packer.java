package eu.conpaas.service.archive;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a folder that is in use as a tar archive, which {@link Unpacker#exact} takes apart again. Each file is in it as it was at one moment: one that
 * is written to meanwhile is read again. Files that vanish are left out, and so are links that lead out of the folder, sockets and pipes. Memory use is
 * constant.
 */
public final class Packer {
    private static final Logger LOG = LoggerFactory.getLogger(Packer.class);
    private static final int TRIES = 20;
    private static final long PAUSE_MS = 30;
    /** A file changed more recently than this may be in the midst of being written anew. */
    private static final long QUIET_MS = 60;
    private final Path folder;
    private final Path scratch;
    private final EntryGuard guard = new EntryGuard();
    private final TarArchiveOutputStream tar;
    private int leftOut;
    private int entries;

    private Packer(Path folder, Path scratch, OutputStream out) {
        this.folder = folder;
        this.scratch = scratch;
        this.tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Writes the whole tree; the stream is not closed.
     *
     * @param scratch a folder for one temporary file, as large as the largest file
     */
    public static void pack(Path folder, Path scratch, OutputStream out) throws IOException {
        Packer packer = new Packer(folder, scratch, out);
        packer.walk();
        packer.tar.finish();
        if (packer.leftOut > 0) {
            LOG.warn("left out of the archive of {}: {} links that lead out of it, sockets or pipes", folder, packer.leftOut);
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return folder(path);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    link(path);
                } else if (attributes.isRegularFile()) {
                    file(path);
                } else {
                    leftOut++;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException problem) throws IOException {
                return vanished(problem);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException problem) throws IOException {
                return problem == null ? FileVisitResult.CONTINUE : vanished(problem);
            }
        });
    }

    private static FileVisitResult vanished(IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }

    private FileVisitResult folder(Path path) throws IOException {
        try {
            TarArchiveEntry entry = entry(path, attributes(path), "/", TarConstants.LF_DIR);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return FileVisitResult.CONTINUE;
        } catch (NoSuchFileException e) {
            vanished(e);
            return FileVisitResult.SKIP_SUBTREE;
        }
    }

    private void link(Path path) throws IOException {
        try {
            String target = Files.readSymbolicLink(path).toString();
            guard.symlink(folder.relativize(path).toString(), target);
            TarArchiveEntry entry = entry(path, attributes(path), "", TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        } catch (ApiException e) {
            LOG.debug("{}", e.getMessage());
            leftOut++;
        } catch (NoSuchFileException e) {
            vanished(e);
        }
    }

    private void file(Path path) throws IOException {
        try (Snapshot copy = new Snapshot(scratch)) {
            PosixFileAttributes before = attributes(path);
            copy.take(path);
            for (int tries = 1; !isStill(before, path, copy.size()) && tries < TRIES; tries++) {
                pause();
                before = attributes(path);
                copy.take(path);
            }
            TarArchiveEntry entry = entry(path, before, "", TarConstants.LF_NORMAL);
            entry.setSize(copy.size());
            tar.putArchiveEntry(entry);
            try (InputStream in = copy.open()) {
                in.transferTo(tar);
            }
            tar.closeArchiveEntry();
        } catch (NoSuchFileException e) {
            vanished(e);
        }
    }

    private static boolean isStill(PosixFileAttributes before, Path path, long copied) throws IOException {
        PosixFileAttributes now = attributes(path);
        boolean quiet = System.currentTimeMillis() - now.lastModifiedTime().toMillis() > QUIET_MS;
        return quiet && now.size() == copied && now.lastModifiedTime().equals(before.lastModifiedTime()) && now.fileKey().equals(before.fileKey());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private TarArchiveEntry entry(Path path, PosixFileAttributes attributes, String suffix, byte kind) {
        if (++entries > ArchiveLimits.DATA.entries()) {
            throw new ApiException(ErrorCode.TOO_LARGE, folder.getFileName() + " has more than " + ArchiveLimits.DATA.entries() + " files and folders.",
                    "Copy it by other means.");
        }
        TarArchiveEntry entry = new TarArchiveEntry("./" + folder.relativize(path) + suffix, kind, true);
        entry.setLastModifiedTime(attributes.lastModifiedTime());
        entry.setMode(attributes.permissions().stream().mapToInt(p -> 0400 >> p.ordinal()).sum());
        entry.setIds(0, 0);
        return entry;
    }
}
