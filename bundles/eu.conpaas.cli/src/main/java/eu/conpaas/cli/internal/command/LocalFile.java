package eu.conpaas.cli.internal.command;

import eu.conpaas.cli.internal.CliException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files named on the command line. */
final class LocalFile {
    private LocalFile() {
    }

    /** @throws CliException (usage) unless it is a file that can be read */
    static Path readable(String name) {
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw CliException.usage("There is no readable file " + name + ".", "Name a file.");
        }
        return file;
    }

    /** Where downloads go: {@code $TMPDIR}, or the system's folder for temporary files. */
    static Path temporary(String tmpdir) {
        return Path.of(tmpdir != null && !tmpdir.isBlank() ? tmpdir : System.getProperty("java.io.tmpdir"));
    }
}
