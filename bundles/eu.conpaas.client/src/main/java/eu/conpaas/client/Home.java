package eu.conpaas.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/**
 * The folder of a user's settings, {@code ~/.conpaas}: one value per file, readable by its owner only. The password is never here.
 */
public final class Home {
    public static final String TARGET = "target";
    public static final String USERNAME = "username";
    public static final String CERT = "cert.pem";
    public static final String KEY = "key.pem";
    public static final String CA = "ca_cert.pem";
    /** Folder of the descriptors the director has sent. */
    public static final String DESCRIPTORS = "descriptors";

    private final Path folder;
    private final Function<IOException, ? extends RuntimeException> unusable;

    public Home(Path folder) {
        this(folder, e -> new ApiException(ErrorCode.UNAVAILABLE, "The folder " + folder + " cannot be used: " + e.getMessage() + ".",
                "Make it writable for you.", e));
    }

    /** @param unusable makes what is thrown when the folder cannot be read or written */
    public Home(Path folder, Function<IOException, ? extends RuntimeException> unusable) {
        this.folder = folder;
        this.unusable = unusable;
    }

    public Path folder() {
        return folder;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The value of a file, or empty if there is none. */
    public Optional<String> read(String name) {
        try {
            String value = Files.readString(file(name)).strip();
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable.apply(e);
        }
    }

    /** Writes a file whole or not at all. */
    public void write(String name, byte[] content) {
        try {
            Path file = file(name);
            makeFolder(folder);
            makeFolder(file.getParent());
            Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable.apply(e);
        }
    }

    public void write(String name, String value) {
        write(name, (value + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void makeFolder(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }
}
