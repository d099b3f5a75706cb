package eu.conpaas.cli.internal.config;

import eu.conpaas.cli.internal.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

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

    public Home(Path folder) {
        this.folder = folder;
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
            throw unusable(e);
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
            throw unusable(e);
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

    private CliException unusable(IOException e) {
        CliException exception = CliException.usage("The folder " + folder + " cannot be used: " + e.getMessage() + ".",
                "Name another one with --config-dir or CONPAAS_HOME.");
        exception.initCause(e);
        return exception;
    }
}
