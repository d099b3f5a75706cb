package eu.conpaas.tests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes the same running platform and ends it after the last one. */
public final class Running implements ParameterResolver {
    /** Whether all of everything is asked for. */
    static final boolean LONG = Boolean.getBoolean("conpaas.long");

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
