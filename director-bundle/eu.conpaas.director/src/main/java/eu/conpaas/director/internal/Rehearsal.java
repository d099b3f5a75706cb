package eu.conpaas.director.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.director.internal.admin.Setup;
import eu.conpaas.director.internal.config.ConfigReader;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Pem;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.service.archive.Unpacker;

/**
 * Runs a director on a cloud that is played, and a user who does what users do, while the product is built: what of the JDK is used here is in the
 * AOT cache that every director starts from. Touches one temporary folder and a loopback port that is free.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String PASSWORD = "only for the rehearsal";
    private static final int UPLOAD = 2_000_000;

    private Rehearsal() {
    }

    /** @return exit code: 0 if all went well */
    static int run(Types types, String version) {
        try {
            Path folder = Files.createTempDirectory("conpaas-rehearsal");
            try {
                act(folder, types, version);
            } finally {
                Unpacker.delete(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void act(Path folder, Types types, String version) throws IOException {
        Path config = folder.resolve("director.cfg");
        new Setup(config).run("127.0.0.1:" + freePort(), false);
        Files.writeString(config, Files.readString(config).replace("DRIVER = local", "DRIVER = " + PlayedCloud.DRIVER.id())
                .replace("REGISTRATION = closed", "REGISTRATION = open"));
        Path archive = archive(folder.resolve("code.zip"));
        Map<String, CloudDriver> drivers = Map.of(PlayedCloud.DRIVER.id(), PlayedCloud.DRIVER);
        try (Director director = new Director(ConfigReader.read(config), types, drivers, Clock.systemUTC(), version, archive)) {
            HttpRpc.Builder client = HttpRpc.builder().base(director.url())
                    .trust(Trust.ca(Pem.readCertificate(folder.resolve("certs/ca_cert.pem")), Peers.director()));
            String token;
            try (HttpRpc stranger = client.build()) {
                stranger.run(HttpCall.post("/new_user").field("username", "ada").field("fname", "Ada").field("lname", "L").field("email", "ada@example.org")
                        .field("affiliation", "x").field("password", PASSWORD).field("credit", 10));
                token = stranger.tree(HttpCall.post("/tokens").field("username", "ada").field("password", PASSWORD)).path("token").asText();
                stranger.tree(HttpCall.get("/descriptors"));
                stranger.tree(HttpCall.get("/openapi.json"));
                stranger.download(HttpCall.get("/download/node.tar.gz"), OutputStream.nullOutputStream());
            }
            try (HttpRpc user = client.token(() -> token).build()) {
                use(user, types, archive);
            }
        }
    }

    /** Makes an application with a service of each type, looks at them, and ends them. */
    private static void use(HttpRpc user, Types types, Path archive) {
        long aid = user.tree(HttpCall.post("/createapp").field("name", "rehearsal")).path("aid").asLong();
        for (String type : types.names()) {
            JsonNode made = user.tree(HttpCall.post("/applications/" + aid + "/services").field("type", type));
            String service = "/services/" + made.path("operation").path("sid").asLong();
            user.tree(HttpCall.post(service + "/versions").file("code", archive));
            user.tree(HttpCall.get(service));
            user.tree(HttpCall.get("/nodes"));
            user.run(HttpCall.post(service + "/terminate"));
            LOG.info("rehearsed a service of the type {}", type);
        }
        user.tree(HttpCall.get("/ledger"));
        user.tree(HttpCall.get("/audit"));
    }

    private static Path archive(Path file) throws IOException {
        byte[] bytes = new byte[UPLOAD];
        new Random(0).nextBytes(bytes);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write(bytes);
        }
        return file;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
