package eu.conpaas.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The bundles of a product and the framework's state made from them. A product carries the state of a first start, so
 * that later ones, of many processes at once, read it and write nothing.
 */
final class Installation {
    /** SCR before the bundles with components, so that these are seen in one go. */
    private static final int EARLY = 2;
    private static final int NORMAL = 4;

    private final Path home;
    private final boolean train;

    Installation(Path home, boolean train) {
        this.home = home;
        this.train = train;
    }

    Framework start() throws BundleException, IOException {
        Path prepared = home.resolve("configuration");
        String writable = System.getProperty("conpaas.state");
        boolean fresh = train || writable != null && !Files.exists(Path.of(writable));
        Map<String, String> config = new HashMap<>();
        config.put(Constants.FRAMEWORK_STORAGE, writable != null ? writable : prepared.toString());
        config.put("osgi.install.area", home.toUri().toString());
        config.put("osgi.configuration.area.readOnly", Boolean.toString(!fresh && writable == null));
        config.put("osgi.compatibility.bootdelegation", "false");
        config.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(NORMAL));
        config.put("eclipse.log.enabled", Boolean.toString(fresh));
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path")).newFramework(config);
        framework.init();
        if (fresh) {
            install(framework);
        }
        framework.start();
        if (train) {
            check(framework.getBundleContext());
        }
        return framework;
    }

    private void install(Framework framework) throws BundleException, IOException {
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(NORMAL);
        List<Bundle> installed = new ArrayList<>();
        for (Path jar : jars()) {
            installed.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
        }
        for (Bundle bundle : installed) {
            if (bundle.getSymbolicName().equals("org.apache.felix.scr")) {
                bundle.adapt(BundleStartLevel.class).setStartLevel(EARLY);
            }
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bundles"))) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** A product with a bundle that does not resolve must not leave the build. */
    private static void check(BundleContext context) {
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getState() != (fragment ? Bundle.RESOLVED : Bundle.ACTIVE)) {
                throw new IllegalStateException("bundle " + bundle.getSymbolicName() + " did not start");
            }
        }
    }
}
