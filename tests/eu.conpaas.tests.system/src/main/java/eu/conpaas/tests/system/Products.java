package eu.conpaas.tests.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built products are: found from the working folder upwards, or under the system property {@code conpaas.root}. */
public final class Products {
    private static final Path ROOT = root();

    private Products() {
    }

    /** The source tree's root, whose products are used. */
    public static Path root(String... path) {
        Path p = ROOT;
        for (String part : path) {
            p = p.resolve(part);
        }
        return p;
    }

    /** Start script of the director. */
    public static Path director() {
        return program("director", "conpaas-director");
    }

    /** Start script of the command line. */
    public static Path cli() {
        return program("cli", "conpaas");
    }

    /** The node product that the director's local cloud uses. */
    public static Path node() {
        return director().getParent().getParent().resolve("node/conpaas-node");
    }

    /** Whether the products have been built. */
    public static boolean built() {
        return Files.isExecutable(director()) && Files.isExecutable(cli());
    }

    private static Path program(String product, String name) {
        return root("releng", "eu.conpaas.product." + product, "target", "products", name, "bin", name);
    }

    private static Path root() {
        String named = System.getProperty("conpaas.root");
        Path path = Path.of(named == null ? "" : named).toAbsolutePath();
        while (path != null && !Files.isExecutable(path.resolve("conpaas"))) {
            path = path.getParent();
        }
        if (path == null) {
            throw new IllegalStateException("no source tree above " + Path.of("").toAbsolutePath() + "; set -Dconpaas.root");
        }
        return path;
    }
}
