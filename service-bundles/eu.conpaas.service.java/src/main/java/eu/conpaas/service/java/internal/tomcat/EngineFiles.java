package eu.conpaas.service.java.internal.tomcat;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tomcat and the JVM it runs on: both are part of the node product, which carries engines that Debian does not have in its folder
 * {@code engines} (or in that which the system property {@code conpaas.engines} names).
 */
public final class EngineFiles {
    private EngineFiles() {
    }

    /** The JVM: that of this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Class path of the engine. */
    public static String tomcat() throws IOException {
        return jars("tomcat/lib");
    }

    /** Class path of the program that turns Java EE into Jakarta EE. */
    public static String converter() throws IOException {
        return jars("tomcat/converter");
    }

    private static String jars(String name) throws IOException {
        Path home = Path.of(System.getProperty("conpaas.engines", System.getProperty("conpaas.home", ".") + "/engines"), name);
        if (!Files.isDirectory(home)) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The node product has no " + name + " in " + home + ".", "Install the whole node product.");
        }
        try (Stream<Path> jars = Files.list(home)) {
            List<String> all = jars.map(Path::toString).filter(f -> f.endsWith(".jar")).sorted().toList();
            return all.stream().collect(Collectors.joining(":"));
        }
    }
}
