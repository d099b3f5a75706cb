package eu.conpaas.service.archive;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Unpacks an archive into a folder that appears whole or not at all. All checks of {@link ArchiveCheck} are made again. Files get mode 644
 * (755 if their owner may execute them), folders 755, whatever the archive says.
 */
public final class Unpacker {
    private final int user;
    private final ArchiveLimits limits;

    /** @param user numeric user and group id that shall own everything, or -1 for the user who runs this */
    public Unpacker(int user) {
        this(user, ArchiveLimits.DEFAULT);
    }

    public Unpacker(int user, ArchiveLimits limits) {
        this.user = user;
        this.limits = limits;
    }

    /** What is done to a complete tree before it appears in its place. */
    public interface Finish {
        void on(Path tree) throws IOException;
    }

    /**
     * Unpacks to the folder, which must not exist yet; its parent must. Interrupted runs leave only a hidden sibling with suffix
     * {@code .tmp}.
     *
     * @throws eu.conpaas.api.ApiException BAD_ARCHIVE as {@link ArchiveCheck#check}; STEP_FAILED if it cannot be written
     */
    public ArchiveFacts unpack(Path archive, String filename, Path folder, Finish finish) throws IOException {
        Path temporary = folder.resolveSibling("." + folder.getFileName() + "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + ".tmp");
        try {
            folder(temporary);
            ArchiveFacts facts = ArchiveReader.read(archive, filename, limits, entry -> write(temporary, entry));
            finish.on(temporary);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            return facts;
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the folder " + folder + " cannot take a move", e);
        } finally {
            delete(temporary);
        }
    }

    private void write(Path root, ArchiveEntry entry) throws IOException {
        Path path = root.resolve(entry.path());
        try {
            folders(root, path.getParent());
            switch (entry.kind()) {
                case FOLDER -> folder(path);
                case SYMLINK -> own(Files.createSymbolicLink(path, Path.of(entry.target())));
                case HARDLINK -> {
                    Files.deleteIfExists(path);
                    own(Files.copy(root.resolve(entry.target()), path, StandardCopyOption.COPY_ATTRIBUTES));
                }
                case FILE -> file(path, entry);
            }
        } catch (java.nio.file.FileSystemException e) {
            throw new UnwritableException(e);
        }
    }

    private void file(Path path, ArchiveEntry entry) throws IOException {
        Files.deleteIfExists(path);
        try (var out = Files.newOutputStream(path, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            entry.data().transferTo(out);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(entry.executable() ? "rwxr-xr-x" : "rw-r--r--"));
        own(path);
    }

    private void folders(Path root, Path folder) throws IOException {
        if (!folder.equals(root) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            folders(root, folder.getParent());
            folder(folder);
        }
    }

    private void folder(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            own(path);
        }
    }

    private void own(Path path) throws IOException {
        if (user >= 0) {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Removes a tree without following links; one that is not there is no error. */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
