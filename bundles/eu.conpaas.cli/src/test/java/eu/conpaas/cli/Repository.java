package eu.conpaas.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source folder, for tests that check this bundle against the descriptors of the service bundles. */
final class Repository {
    private Repository() {
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("service-bundles"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not run inside the source folder");
            }
        }
        return folder;
    }

    /** Copies the descriptors of the service types into a folder, as the product has them. */
    static void copyDescriptors(Path folder, String... types) {
        for (String type : types) {
            Path resources = root().resolve("service-bundles/eu.conpaas.service." + type + "/src/main/resources");
            try (Stream<Path> files = Files.walk(resources)) {
                List<Path> found = files.filter(f -> f.getFileName().toString().equals("service.json")).toList();
                Files.createDirectories(folder);
                Files.copy(found.getFirst(), folder.resolve(type + ".json"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
