package eu.conpaas.tests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes the same running platform and ends it after the last one. */
public final class Running implements ParameterResolver {
    /** Whether all of everything is asked for. */
    static final boolean LONG = Boolean.getBoolean("conpaas.long");

    /** Which part of long lists is asked for, such as {@code 2/4}; empty for all of them. */
    private static final String PART = System.getProperty("conpaas.part", "");

    /** Short leases, so that deaths are noticed soon. */
    static final Map<String, String> SETTINGS = Map.of("director.LEASE", "6", "director.HEARTBEAT", "2");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class || parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Held held = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(Held.class, k -> Held.start(), Held.class);
        return parameter.getParameter().getType() == Platform.class ? held.platform : held.site();
    }

    /** The asked part of a list: with {@code 2/4} the second, sixth, tenth, ... of its elements. */
    static <T> List<T> part(List<T> all) {
        if (PART.isEmpty()) {
            return all;
        }
        String[] part = PART.split("/");
        int parts = Integer.parseInt(part[1]);
        return IntStream.range(0, all.size()).filter(i -> i % parts == Integer.parseInt(part[0]) - 1).mapToObj(all::get).toList();
    }

    /** A fresh folder for the data of one platform. */
    static Path folder(String name) {
        try {
            Path target = Products.root("tests", "eu.conpaas.tests.system", "target", "platforms");
            Files.createDirectories(target);
            return Files.createTempDirectory(target, name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Held implements AutoCloseable {
        private final Platform platform;
        private Site site;

        private Held(Platform platform) {
            this.platform = platform;
        }

        static Held start() {
            try {
                return new Held(Platform.start(folder("shared"), SETTINGS));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        synchronized Site site() {
            if (site == null) {
                site = Site.deploy(platform);
            }
            return site;
        }

        @Override
        public void close() {
            platform.close();
        }
    }
}
