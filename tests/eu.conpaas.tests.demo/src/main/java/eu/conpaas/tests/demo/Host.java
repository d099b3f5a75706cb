package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The demo's director: its folder, its process. */
final class Host {
    private static final String USER = "demo";

    private final Shell shell;
    private final Path folder;

    Host(Shell shell, Path folder) {
        this.shell = shell;
        this.folder = folder.resolve("director");
    }

    private Map<String, String> environment() {
        return Map.of("DIRECTOR_CFG", folder.resolve("director.cfg").toString());
    }

    /** Makes certificates, configuration and a user with enough credits. */
    void init() throws IOException {
        Files.createDirectories(folder);
        shell.director(null, environment(), "init", "127.0.0.1:" + freePort());
        shell.director(password(), environment(), "adduser", "demo@example.org", USER, "--credit", "100", "--password-stdin");
    }

    /** Starts it, to go on after the demo has ended. */
    void start() throws IOException {
        Process process = shell.background(folder.resolve("director.log"), environment(), shell.command("director", "conpaas-director", "run"));
        Files.writeString(pidFile(), Long.toString(process.pid()));
    }

    /** Signs the command line in once the director answers. */
    void signIn() throws IOException {
        DemoFailed last = null;
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < end;) {
            if (!running()) {
                throw new DemoFailed("the director did not start; see " + folder.resolve("director.log"));
            }
            try {
                shell.run(false, password(), Map.of("CONPAAS_HOME", shell.settings().toString()), shell.command("cli", "conpaas", "credentials",
                        "--director", url(), "--username", USER, "--password-stdin", "--fingerprint", fingerprint()));
                return;
            } catch (DemoFailed e) {
                last = e;
            }
        }
        throw last;
    }

    /** Whether its process runs. */
    boolean running() {
        return process().isPresent();
    }

    /** Ends it as an operator would. */
    void stop() {
        process().ifPresent(p -> {
            p.destroy();
            try {
                p.onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                p.destroyForcibly();
            }
        });
    }

    /** Has everything ended that it still has on this machine. */
    void purge() throws IOException {
        shell.director(null, environment(), "purge", "--yes");
    }

    private Optional<ProcessHandle> process() {
        try {
            return Files.exists(pidFile()) ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip())).filter(ProcessHandle::isAlive)
                    .filter(p -> p.info().commandLine().orElse("").contains("conpaas-director")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path pidFile() {
        return folder.resolve("director.pid");
    }

    /** The password of the demo's user, made once and readable to its owner only. */
    String password() throws IOException {
        Path file = folder.getParent().resolve("password");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Long.toString(new SecureRandom().nextLong() & Long.MAX_VALUE, 36));
        }
        return Files.readString(file).strip();
    }

    String url() throws IOException {
        return Files.readString(folder.resolve("director.cfg")).lines().filter(l -> l.startsWith("DIRECTOR_URL")).findFirst()
                .map(l -> l.substring(l.indexOf('=') + 1).strip()).orElseThrow(() -> new DemoFailed("no DIRECTOR_URL in director.cfg"));
    }

    /** SHA-256 of the CA, as the director tells it at its first start. */
    private String fingerprint() throws IOException {
        try (var in = Files.newInputStream(folder.resolve("certs/ca_cert.pem"))) {
            byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException e) {
            throw new DemoFailed("the director's CA cannot be read: " + e.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
