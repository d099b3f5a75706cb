package eu.conpaas.service.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Unpacks an archive into a folder that appears whole or not at all. All checks of {@link ArchiveCheck} are made again. Files get mode 644
 * (755 if their owner may execute them), folders 755, whatever the archive says.
 */
public final class Unpacker {
    private static final int BUFFER = 64 << 10;
    private static final int FILE = 0644;
    private static final int FOLDER = 0755;
    private static final int OWNER_FILE = 0600;
    private static final int OWNER_FOLDER = 0700;
    private final int user;
    private final ArchiveLimits limits;
    private final boolean exact;
    private final FileTime time;

    /** @param user numeric user and group id that shall own everything, or -1 for the user who runs this */
    public Unpacker(int user) {
        this(user, ArchiveLimits.DEFAULT);
    }

    public Unpacker(int user, ArchiveLimits limits) {
        this(user, limits, false, null);
    }

    private Unpacker(int user, ArchiveLimits limits, boolean exact, FileTime time) {
        this.user = user;
        this.limits = limits;
        this.exact = exact;
        this.time = time;
    }

    /** For archives of {@link Packer}: keeps permission bits and times, and reads everything again before the folder appears. */
    public static Unpacker exact(int user, ArchiveLimits limits) {
        return new Unpacker(user, limits, true, null);
    }

    /** One that dates all files so: whoever unpacks the archive, and whenever, gets the same. Otherwise they have the time of unpacking. */
    public Unpacker dated(Instant instant) {
        return new Unpacker(user, limits, exact, FileTime.from(instant));
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
        Map<Path, FileTime> times = new LinkedHashMap<>();
        try {
            folder(temporary, FOLDER);
            ArchiveFacts facts = ArchiveReader.read(archive, filename, limits, entry -> write(temporary, entry, times));
            if (exact) {
                ArchiveReader.read(archive, filename, limits, entry -> compare(temporary, entry));
                for (Path path : List.copyOf(times.keySet()).reversed()) {
                    Files.setLastModifiedTime(path, times.get(path));
                }
            }
            finish.on(temporary);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            return facts;
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the folder " + folder + " cannot take a move", e);
        } finally {
            delete(temporary);
        }
    }

    private void write(Path root, ArchiveEntry entry, Map<Path, FileTime> times) throws IOException {
        Path path = root.resolve(entry.path());
        try {
            folders(root, path.getParent());
            switch (entry.kind()) {
                case FOLDER -> folder(path, exact ? entry.mode() | OWNER_FOLDER : FOLDER);
                case SYMLINK -> own(Files.createSymbolicLink(path, Path.of(entry.target())));
                case HARDLINK -> {
                    Files.deleteIfExists(path);
                    own(Files.copy(root.resolve(entry.target()), path, StandardCopyOption.COPY_ATTRIBUTES));
                }
                case FILE -> file(path, entry);
            }
            if (exact && entry.kind() == ArchiveEntry.Kind.FILE) {
                Files.setLastModifiedTime(path, entry.modified());
            } else if (exact && entry.kind() == ArchiveEntry.Kind.FOLDER) {
                times.put(path, entry.modified());
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
        mode(path, exact ? entry.mode() | OWNER_FILE : entry.executable() ? FOLDER : FILE);
        own(path);
        if (time != null) {
            Files.setLastModifiedTime(path, time);
        }
    }

    /** What was written is what the disk gives back. */
    private static void compare(Path root, ArchiveEntry entry) throws IOException {
        Path path = root.resolve(entry.path());
        boolean same = switch (entry.kind()) {
            case FOLDER -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            case SYMLINK -> Files.isSymbolicLink(path) && Files.readSymbolicLink(path).toString().equals(entry.target());
            case HARDLINK -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            case FILE -> sameContent(path, entry.data());
        };
        if (!same) {
            throw new UnwritableException(new java.nio.file.FileSystemException(entry.path(), null, "what was written reads otherwise"));
        }
    }

    private static boolean sameContent(Path path, InputStream expected) throws IOException {
        byte[] piece = new byte[BUFFER];
        try (InputStream found = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            for (int n = expected.readNBytes(piece, 0, BUFFER); n > 0; n = expected.readNBytes(piece, 0, BUFFER)) {
                if (!Arrays.equals(piece, 0, n, found.readNBytes(n), 0, n)) {
                    return false;
                }
            }
            return found.read() < 0;
        }
    }

    private void folders(Path root, Path folder) throws IOException {
        if (!folder.equals(root) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            folders(root, folder.getParent());
            folder(folder, FOLDER);
        }
    }

    private void folder(Path path, int mode) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path);
            mode(path, mode);
            own(path);
        }
    }

    private static void mode(Path path, int mode) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(all[bit]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
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
