package eu.conpaas.cloud.local.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of the cloud's folder. */
final class Disk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COMMON = 01777;

    private Disk() {
    }

    /** Makes a folder and those above it, the last with these rights, such as {@code rwx--x--x}. */
    static Path folder(Path path, String rights) {
        try {
            Files.createDirectories(path);
            return rights(path, rights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path rights(Path path, String rights) {
        try {
            return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder in which everybody may make files but remove only his own. */
    static Path common(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setAttribute(path, "unix:mode", COMMON);
    }

    static Path write(Path path, String text) {
        try {
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner may ever read. */
    static void writeSecret(Path path, String text) {
        try {
            Files.deleteIfExists(path);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Content, or null if there is no such file. */
    static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores a record so that a reader sees the former or the new one, never half of it. */
    static void store(Path path, Object value) {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        try {
            writeSecret(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record stored there, or null. */
    static <T> T load(Path path, Class<T> type) {
        String text = read(path);
        try {
            return text == null ? null : JSON.readValue(text, type);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is damaged", e);
        }
    }

    /** Copies a script of this bundle. */
    static Path script(String name, Path target) {
        try (InputStream in = Disk.class.getResourceAsStream(name)) {
            Files.write(target, in.readAllBytes());
            return rights(target, "rwxr-xr-x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file or a folder with all in it; links are removed, not followed. */
    static void remove(Path path) {
        try {
            Files.walkFileTree(path, new Remover());
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!Files.isWritable(folder)) {
                open(folder);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file)) {
                open(file);
                remove(file);
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        private static void open(Path folder) throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
