package eu.conpaas.director.internal.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import eu.conpaas.api.ApiException;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.StoreException;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Peers;

/** Looks whether a director could run: configuration, certificates, clock, database, clouds, ports, node product. Changes nothing. */
final class Check {
    private static final Duration SOON = Duration.ofDays(30);
    private final Consumer<String> out;
    private boolean good = true;

    /** @param out takes lines that begin with {@code OK:} or {@code E:} */
    Check(Consumer<String> out) {
        this.out = out;
    }

    /** @return whether all is well */
    boolean run(Path configFile, Map<String, CloudDriver> drivers, java.util.function.UnaryOperator<DirectorConfig> complete) {
        DirectorConfig config;
        try {
            config = complete.apply(ConfigReader.read(configFile));
            ok("configuration " + configFile);
        } catch (ApiException e) {
            e.error().cause().lines().forEach(this::bad);
            return false;
        }
        certificates(config);
        database(config);
        ports(config);
        if (config.nodeProduct() == null || !Files.isExecutable(config.nodeProduct().resolve("bin/conpaas-node"))) {
            bad("node product: no bin/conpaas-node in " + config.nodeProduct() + "; set NODE_PRODUCT");
        } else {
            ok("node product " + config.nodeProduct());
        }
        clouds(config, drivers);
        return good;
    }

    private void certificates(DirectorConfig config) {
        try {
            Credentials credentials = Credentials.read(config.certDir());
            credentials.certificate().verify(credentials.ca().getPublicKey());
            Instant end = credentials.certificate().getNotAfter().toInstant();
            if (!credentials.identity().name().equals(config.host())) {
                bad("certificate: it is for " + credentials.identity().name() + ", DIRECTOR_URL says " + config.host() + "; run 'director init'");
            } else if (!Peers.director().test(credentials.identity())) {
                bad("certificate: it is not a director's");
            } else if (Instant.now().plus(SOON).isAfter(end)) {
                bad("certificate: it ends " + end + "; run 'director init'");
            } else {
                ok("certificate for " + config.host() + ", good until " + end);
            }
            Instant begin = credentials.ca().getNotBefore().toInstant();
            if (Instant.now().isBefore(begin)) {
                bad("clock: it is " + Instant.now() + " here, but the CA was made " + begin);
            } else {
                ok("clock");
            }
        } catch (IOException | java.security.GeneralSecurityException | RuntimeException e) {
            bad("certificate: " + e.getMessage() + "; run 'director init'");
        }
    }

    private void database(DirectorConfig config) {
        try (Database database = new Database(config.database())) {
            String result = database.read(s -> s.one("PRAGMA quick_check", r -> r.text(1)).orElse(""));
            if (result.equals("ok")) {
                ok("database " + config.database());
            } else {
                bad("database: " + result);
            }
        } catch (StoreException e) {
            bad("database: " + e.getMessage());
        }
    }

    private void ports(DirectorConfig config) {
        for (InetSocketAddress address : config.listen()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
                ok("port " + address);
            } catch (IOException e) {
                out.accept("W: port " + address + ": " + e.getMessage() + " (all is well if the director runs)");
            }
        }
    }

    private void clouds(DirectorConfig config, Map<String, CloudDriver> drivers) {
        try (Clouds clouds = new Clouds(config, "check", drivers)) {
            for (String name : clouds.names()) {
                cloud(clouds, name);
            }
        }
    }

    private void cloud(Clouds clouds, String name) {
        try {
            Cloud cloud = clouds.get(name);
            cloud.list();
            ok("cloud " + name);
            cloud.notices().forEach(n -> out.accept("W: cloud " + name + ": " + n));
        } catch (ApiException e) {
            bad("cloud " + name + ": " + e.error().cause());
        } catch (CloudException e) {
            bad("cloud " + name + ": " + e.kind() + ": " + e.getMessage());
        }
    }

    private void ok(String what) {
        out.accept("OK: " + what);
    }

    private void bad(String what) {
        good = false;
        out.accept("E: " + what);
    }
}
