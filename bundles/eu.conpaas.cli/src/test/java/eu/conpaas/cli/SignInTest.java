package eu.conpaas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in, and what it leaves on the disk. */
class SignInTest {
    @TempDir
    private Path folder;
    private FakeDirector director;
    private Path home;

    @BeforeEach
    void start() throws IOException {
        director = new FakeDirector(folder, List.of());
        home = folder.resolve("home");
    }

    @AfterEach
    void stop() {
        director.close();
    }

    private Run run() {
        return new Run(home, folder.resolve("none"));
    }

    @Test
    void aPersonIsAskedAndShownTheFingerprint() throws IOException {
        Run.Result result = run().typing("http://127.0.0.1", director.url(), "y", "alice", "wrong", "alice", "secret").of("credentials");
        assertEquals(0, result.exit(), result.err());
        assertEquals("Authentication failure\nAuthentication succeeded\n", result.out());
        String pairs = director.authority.fingerprint().toUpperCase().replaceAll("(..)(?!$)", "$1:");
        assertTrue(result.err().contains(pairs), result.err());
        assertTrue(result.err().startsWith("Enter the director URL: E: 'http://127.0.0.1' is not the address of a director"), result.err());
        assertEquals(director.url() + "\n", Files.readString(home.resolve("target")));
        assertEquals("alice\n", Files.readString(home.resolve("username")));
    }

    @Test
    void anUnknownDirectorIsNotSentThePassword() {
        Run.Result refused = run().typing(director.url(), "n").of("credentials");
        assertEquals(2, refused.exit(), refused.err());
        assertEquals(List.of(), director.requests.lines());
        Run.Result wrong = run().with("CONPAAS_PASSWORD", "secret").of("credentials", "--director", director.url(), "--username", "alice",
                "--fingerprint", "00".repeat(32));
        assertEquals(3, wrong.exit());
        Run.Result unasked = run().with("CONPAAS_PASSWORD", "secret").of("credentials", "--director", director.url(), "--username", "alice");
        assertEquals(3, unasked.exit());
        assertTrue(unasked.err().contains("--fingerprint " + director.authority.fingerprint()), unasked.err());
        assertEquals(List.of(), director.requests.lines());
        assertFalse(Files.exists(home.resolve("cert.pem")));
    }

    @Test
    void aChangedAuthorityIsNoticed() throws IOException {
        signIn();
        try (FakeDirector other = new FakeDirector(folder.resolve("other"), List.of())) {
            Run.Result other1 = run().of("listapp", "--director", other.url());
            assertEquals(3, other1.exit(), other1.err());
            assertTrue(other1.err().contains("Run 'conpaas credentials'"), other1.err());
            assertEquals(List.of(), other.requests.lines());
        }
    }

    @Test
    void thePasswordIsNeverOnTheDisk() throws IOException {
        signIn();
        run().of("list");
        run().piped("secret").of("getcerts", "--password-stdin");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("secret"), file.toString());
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        assertFalse(Files.exists(home.resolve("password")));
    }

    @Test
    void certificatesAreFetchedAgainWithoutAWord() throws IOException {
        signIn();
        byte[] before = Files.readAllBytes(home.resolve("cert.pem"));
        Run.Result result = run().with("CONPAAS_PASSWORD", "secret").of("getcerts");
        assertEquals(new Run.Result(0, "", ""), result);
        assertFalse(java.util.Arrays.equals(before, Files.readAllBytes(home.resolve("cert.pem"))));
    }

    @Test
    void aCommandSignsInFirstWhenAPersonIsThere() {
        Run.Result result = run().typing(director.url(), "y", "alice", "secret").of("listapp");
        assertEquals(0, result.exit(), result.err());
        assertEquals("Authentication succeeded\naid name           \n-------------------\n1   New Application\n", result.out());
        assertEquals(3, new Run(folder.resolve("empty"), folder).of("listapp").exit());
    }

    @Test
    void aWrongPasswordIsRefused() {
        Run.Result result = run().piped("wrong").of("credentials", "--director", director.url(), "--username", "alice", "--accept", "--password-stdin");
        assertEquals(1, result.exit());
        assertEquals("Authentication failure\n", result.out());
        assertFalse(Files.exists(home.resolve("key.pem")));
    }

    @Test
    void aDirectorThatIsAwayIsExitCode3() throws IOException {
        signIn();
        director.close();
        Run.Result result = run().of("listapp");
        assertEquals(3, result.exit());
        assertTrue(result.err().startsWith("E: Nobody answers at "), result.err());
        assertFalse(result.err().contains("\tat ") || result.err().contains("    at "), result.err());
        assertTrue(run().of("-d", "listapp").err().contains("    at "));
    }

    private void signIn() {
        Run.Result result = run().with("CONPAAS_PASSWORD", "secret").of("credentials", "--director", director.url(), "--username", "alice",
                "--fingerprint", director.authority.fingerprint());
        assertEquals(0, result.exit(), result.err());
    }
}
