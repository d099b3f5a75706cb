package eu.conpaas.director.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import eu.conpaas.api.Operation;
import eu.conpaas.client.Connection;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.testkit.FaultScript;
import eu.conpaas.cloud.testkit.HostileCloud;
import eu.conpaas.cloud.testkit.HostileWorld;
import eu.conpaas.director.internal.admin.Commands;
import eu.conpaas.director.internal.admin.Setup;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Cancellation;

/** A real director on a hostile cloud with played nodes, and a user signed in. */
final class Platform implements AutoCloseable {
    private static final Pace PACE = new Pace(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1));
    final HostileWorld world = new HostileWorld();
    final FaultScript faults = new FaultScript();
    final FakeFleet fleet = new FakeFleet(world);
    final Path config;
    final eu.conpaas.client.Director client;
    private Director director;

    final MovableClock clock = new MovableClock();
    private final Path archive;
    final Credentials credentials;

    Platform(Path folder, int credit) throws IOException {
        this(folder, credit, true);
    }

    /** @param enforce whether users without credits are stopped */
    Platform(Path folder, int credit, boolean enforce) throws IOException {
        this(folder, credit, enforce, "open");
    }

    /** @param registration who may make an account */
    Platform(Path folder, int credit, boolean enforce, String registration) throws IOException {
        archive = Files.writeString(folder.resolve("node.tar.gz"), "the node product");
        config = folder.resolve("director.cfg");
        new Setup(config).run("127.0.0.1:" + freePort(), enforce);
        String text = Files.readString(config).replace("DRIVER = local", "DRIVER = hostile\nOTHER_CLOUDS = second").replace("REGISTRATION = closed", "REGISTRATION = " + registration).replace("[director]", "[director]\nHEARTBEAT = 1\nLEASE = 2\nFETCH_ALLOW = 127.0.0.1\nFETCH_LIMIT = 1M")
                .replace("[conpaas]", "[conpaas]\nMAX_CREDIT = " + credit ) + "\n[second]\nDRIVER = hostile\n";
        Files.writeString(config, text);
        start();
        Connection first = Connection.to(director.url()).ca(Pem.readCertificate(folder.resolve("certs/ca_cert.pem")));
        try (eu.conpaas.client.Director stranger = first.director()) {
            stranger.newUser(registration("ada", credit));
            credentials = stranger.certificates("ada", "secret");
            client = first.keys(new KeyMaterial(credentials)).director();
        }
    }

    static Map<String, String> registration(String name, int credit) {
        return Map.of("username", name, "fname", "Ada", "lname", "L", "email", name + "@example.org", "affiliation", "x", "password", "secret", "credit",
                Integer.toString(credit));
    }

    /** A client of this release for somebody, or for nobody (null). To be closed. */
    eu.conpaas.client.Director client(Credentials credentials) throws IOException {
        Connection connection = Connection.to(director.url()).ca(Pem.readCertificate(config.resolveSibling("certs/ca_cert.pem")));
        return (credentials == null ? connection : connection.keys(new KeyMaterial(credentials))).director();
    }

    /** An administrator, made on the director's host. */
    Credentials administrator(String name) throws IOException {
        administer("adduser", name + "@example.org", name, "secret", "--admin");
        try (eu.conpaas.client.Director stranger = client(null)) {
            return stranger.certificates(name, "secret");
        }
    }

    /** A client as 1.3.1 has it, with these credentials or none. */
    LegacyClient legacy(Credentials credentials) throws IOException {
        return new LegacyClient(director.url(), Pem.readCertificate(config.resolveSibling("certs/ca_cert.pem")), credentials);
    }

    /** Another user, registered. */
    Credentials user(String name, int credit) throws IOException {
        try (eu.conpaas.client.Director stranger = Connection.to(director.url()).ca(Pem.readCertificate(config.resolveSibling("certs/ca_cert.pem"))).director()) {
            stranger.newUser(registration(name, credit));
            return stranger.certificates(name, "secret");
        }
    }

    /** A certificate of this director's CA that says whatever one wants. */
    Credentials forged(Identity identity) throws IOException {
        return CertificateAuthority.load(config.resolveSibling("certs")).issue(identity, Duration.ofHours(1), List.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws IOException {
        Types types = new Types();
        types.add(new DemoType());
        director = new Director(ConfigReader.read(config), types, drivers(), clock, "1.0.0", archive, PACE);
    }

    /** Runs an administration command of the product on this installation. @return its exit code */
    int administer(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--data", config.getParent().toString()));
        return new Commands(drivers(), c -> c).run(Commands.Line.of(line.toArray(String[]::new)));
    }

    private Map<String, CloudDriver> drivers() {
        return Map.of("hostile", new CloudDriver() {
            @Override
            public String id() {
                return "hostile";
            }

            @Override
            public Cloud open(CloudConfig c) {
                return new HostileCloud(c.name(), c.installation() + "/" + c.name(), world, faults);
            }

            @Override
            public Map<String, String> keys() {
                return Map.of();
            }
        });
    }

    String url() {
        return director.url();
    }

    /** Stops the director and starts another on the same folder. */
    void restart() throws IOException {
        director.close();
        start();
    }

    void stop() {
        director.close();
    }

    /** Waits for an operation to end. */
    Operation ended(Operation operation) {
        return client.operations().await(operation.id(), o -> { }, Duration.ofSeconds(30), new Cancellation());
    }

    /** A service that runs, in the user's first application. */
    long running() {
        long sid = created();
        Operation op = ended(client.services().change(sid, "startup", Map.of(), false).operation());
        require(op, Operation.State.DONE);
        return sid;
    }

    long created() {
        Operation op = client.services().create(aid(), "demo", null, null).operation();
        require(ended(op), Operation.State.DONE);
        return op.sid();
    }

    long aid() {
        return client.applications().getFirst().aid();
    }

    static void require(Operation op, Operation.State state) {
        if (op.state() != state) {
            throw new AssertionError(op.kind() + " is " + op.state() + ": " + op.error() + " " + op.steps());
        }
    }

    static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 40 s: " + what);
            }
            Thread.sleep(50);
        }
    }

    /** A question to the database of a director that may be running. */
    long number(String sql, Object... args) {
        try (Database database = new Database(ConfigReader.read(config).database())) {
            return database.read(s -> s.number(sql, args));
        }
    }

    /** The first column of the first row. */
    String text(String sql, Object... args) {
        try (Database database = new Database(ConfigReader.read(config).database())) {
            return database.read(s -> s.one(sql.replaceFirst("(?i)^SELECT (\\w+)", "SELECT $1 AS value"), r -> r.text("value"), args)).orElseThrow();
        }
    }

    @Override
    public void close() {
        fleet.close();
        client.close();
        director.close();
    }
}
