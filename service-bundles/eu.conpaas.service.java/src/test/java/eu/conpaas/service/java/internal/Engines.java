package eu.conpaas.service.java.internal;

import java.nio.file.Path;

/** The engines as they lie in a source tree that has been built. */
final class Engines {
    private static final Path HOME = Path.of(System.getProperty("conpaas.root", "."), "engines/tomcat/target").toAbsolutePath();

    private Engines() {
    }

    /** Tells nodes where they are. */
    static void use() {
        System.setProperty("conpaas.engines", HOME.toString());
    }

    /** Folder of Tomcat's libraries. */
    static Path tomcat() {
        return HOME.resolve("tomcat/lib");
    }
}
