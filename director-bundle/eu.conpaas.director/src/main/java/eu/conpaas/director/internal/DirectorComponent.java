package eu.conpaas.director.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.EmbeddedDirector;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.director.internal.admin.Commands;
import eu.conpaas.director.internal.admin.Owner;
import eu.conpaas.director.internal.admin.Setup;
import eu.conpaas.director.internal.config.CloudSection;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.service.ServiceType;

/** The bundle's door: the program of the director's product, and the director inside a console. */
@Component(service = {ToIntFunction.class, EmbeddedDirector.class}, property = {"conpaas.main=director", "conpaas.train=true"})
public final class DirectorComponent implements ToIntFunction<String[]>, EmbeddedDirector {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorComponent.class);
    private static final Duration DRIVER_PATIENCE = Duration.ofSeconds(10);
    private static final int FAILED = 1;

    private final Types types = new Types();
    private final Map<String, CloudDriver> drivers = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String version;
    private Director director;

    @Activate
    public DirectorComponent(BundleContext context) {
        Version v = context.getBundle().getVersion();
        this.version = v.getMajor() + "." + v.getMinor() + "." + v.getMicro();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindType(ServiceType type) {
        types.add(type);
    }

    void unbindType(ServiceType type) {
        types.remove(type);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDriver(CloudDriver driver) {
        synchronized (drivers) {
            drivers.put(driver.id(), driver);
            drivers.notifyAll();
        }
    }

    void unbindDriver(CloudDriver driver) {
        drivers.remove(driver.id(), driver);
    }

    @Override
    public int applyAsInt(String[] args) {
        if (args.length == 1 && args[0].equals("train")) {
            return Rehearsal.run(types, version);
        }
        try {
            Commands.Line line = Commands.Line.of(args);
            if (line.command().equals("purge")) {
                awaitDrivers(ConfigReader.read(line.config()));
            }
            if (!line.command().equals("run")) {
                return new Commands(drivers, DirectorComponent::complete).run(line);
            }
            open(line.config());
            ended.await();
            return 0;
        } catch (ApiException e) {
            System.err.println(e.error().cause() + "\n" + e.error().next());
            return FAILED;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized void open(Path configFile) {
        if (director != null) {
            throw new ApiException(ErrorCode.CONFLICT, "A director runs in this process already.", "Close it first.");
        }
        DirectorConfig config = complete(ConfigReader.read(configFile));
        awaitDrivers(config);
        try {
            director = new Director(config, types, drivers, Clock.systemUTC(), version, archive());
            LOG.info("ConPaaS director {} at {}", version, config.url());
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The director cannot start: " + e.getMessage(), "Run 'director check'.", e);
        }
    }

    /** Bundles start in any order; the configured drivers are given a moment. */
    private void awaitDrivers(DirectorConfig config) {
        long end = System.nanoTime() + DRIVER_PATIENCE.toNanos();
        synchronized (drivers) {
            long left = DRIVER_PATIENCE.toMillis();
            while (left > 0 && !config.clouds().stream().map(CloudSection::driver).allMatch(drivers::containsKey)) {
                try {
                    drivers.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        }
    }

    /** The product carries the node product beside itself. */
    private static DirectorConfig complete(DirectorConfig config) {
        Path home = Path.of(System.getProperty("conpaas.home", "."), "node", "conpaas-node");
        return config.nodeProduct() == null && Files.isDirectory(home) ? config.withNodeProduct(home.toAbsolutePath().normalize()) : config;
    }

    private static Path archive() {
        return Path.of(System.getProperty("conpaas.home", "."), "node", "conpaas-node.tar.gz");
    }

    @Override
    public String start(Path folder) {
        Path config = folder.resolve("director.cfg");
        try {
            if (!Files.exists(config)) {
                new Setup(config).run("127.0.0.1:" + freePort(), false);
            }
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The director's folder " + folder + " cannot be made: " + e.getMessage(),
                    "Choose a folder you may write to.", e);
        }
        Owner.ensure(ConfigReader.read(config), folder.resolve(OWNER));
        open(config);
        return director.url();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    @Deactivate
    public synchronized void close() {
        if (director != null) {
            director.close();
            director = null;
        }
        ended.countDown();
    }
}
