package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.rpc.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The data of a MySQL service: dumps in and out, backups, restore to a second, TLS, and a password that is nowhere. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseDataTest {
    private static final long DUMP_MIB = Running.LONG ? 1024 : 96;
    /** A process whose memory grew with the dump would need more than this, in either tier. */
    private static final long GROWTH_MIB = 64;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private Platform platform;
    private Database database;
    private String sid;

    @BeforeAll
    void start(Platform running) {
        platform = running;
        database = Database.start(platform);
        sid = Long.toString(database.sid());
    }

    @AfterAll
    void end() {
        platform.change("stop", sid);
        platform.change("terminate", sid);
    }

    private String write(String statements) {
        return database.query(Database.WRITES, statements);
    }

    @Test
    @Order(1)
    void aLargeDumpLoadsWithoutMemoryThatGrows() throws Exception {
        Path dump = platform.folder().resolve("large.sql.gz");
        long rows = largeDump(dump);
        List<Long> programs = List.of(platform.manager(database.sid()).jvm(), platform.agents(database.sid()).getFirst().jvm());
        List<Long> before = programs.stream().map(DatabaseDataTest::peak).toList();
        long begin = System.nanoTime();
        database.change("load_dump", dump.toString());
        System.out.println(DUMP_MIB + " MiB of SQL loaded in " + (System.nanoTime() - begin) / 1_000_000 + " ms; peak memory of manager and agent before "
                + before + " MiB, after " + programs.stream().map(DatabaseDataTest::peak).toList() + " MiB");
        assertEquals(Long.toString(rows), write("SELECT count(*) FROM large.t"));
        Path out = platform.folder().resolve("out.sql");
        platform.cli().run("sqldump", sid, "--database", "large", "-o", out.toString()).ok();
        assertTrue(Files.size(out) > DUMP_MIB << 20, "the dump is all there");
        try (Stream<String> lines = Files.lines(out, StandardCharsets.ISO_8859_1)) {
            assertTrue(lines.reduce((a, b) -> b).orElse("").startsWith("-- Dump completed"));
        }
        for (int i = 0; i < programs.size(); i++) {
            long grown = peak(programs.get(i)) - before.get(i);
            assertTrue(grown < GROWTH_MIB, "memory grew by " + grown + " MiB");
        }
        write("DROP DATABASE large");
        Files.delete(dump);
        Files.delete(out);
    }

    /** @return number of rows in it */
    private static long largeDump(Path file) throws IOException {
        String text = "0123456789abcdef".repeat(64);
        long rows = (DUMP_MIB << 20) / (text.length() - 24);
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII))) {
            out.write("CREATE DATABASE large;\nUSE large;\nCREATE TABLE t (n INT PRIMARY KEY, x TEXT);\n");
            for (long n = 0; n < rows; n++) {
                out.write((n % 500 == 0 ? "INSERT INTO t VALUES (" : ",(") + n + ",'" + text + "')" + (n % 500 == 499 || n == rows - 1 ? ";\n" : ""));
            }
        }
        return rows;
    }

    /** Most memory the process has ever had, in MiB. */
    private static long peak(long pid) {
        try {
            Matcher m = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return m.find() ? Long.parseLong(m.group(1)) >> 10 : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Order(2)
    void aBrokenDumpIsToldAndTheServiceRunsOn() throws IOException {
        Path dump = Files.writeString(platform.folder().resolve("broken.sql"), "CREATE DATABASE broken;\nCREATE TABLE broken.t (a INT);\nINSERT INTO broken.u VALUES (1);\n");
        Cli.Result result = platform.cli().run("load_dump", sid, dump.toString(), "--wait");
        assertNotEquals(0, result.exit());
        assertTrue(result.err().contains("broken.sql failed at line 3") && result.err().contains("1146"), result.err());
        database.settled();
        write("DROP DATABASE broken");
        assertNotEquals(0, platform.cli().run("sqldump", sid, "--database", "broken").exit());
    }

    @Test
    @Order(3)
    void databasesArePutBackToAChosenSecond() {
        write("CREATE DATABASE `test`; CREATE TABLE test.sale (n INT PRIMARY KEY, at BIGINT); INSERT INTO test.sale VALUES (0, UNIX_TIMESTAMP())");
        database.change("create_backup", "--description", "first");
        long begin = Long.parseLong(write("SELECT UNIX_TIMESTAMP()"));
        for (int n = 1; Long.parseLong(write("SELECT UNIX_TIMESTAMP()")) < begin + 6; n++) {
            write("INSERT INTO test.sale VALUES (" + n + ", UNIX_TIMESTAMP())");
        }
        long chosen = begin + 3;
        String expected = write("SELECT count(*), sum(n) FROM test.sale WHERE at <= " + chosen);
        write("DROP TABLE test.sale");
        Wait.until("the second is over", 10, () -> Instant.now().getEpochSecond() > begin + 8);
        assertTrue(platform.cli().run("list_backups", sid).ok().contains("first"));
        Cli.Result unasked = platform.cli().run("restore_backup", sid, "--time", SECOND.format(Instant.ofEpochSecond(chosen)));
        assertNotEquals(0, unasked.exit(), "replacing all data wants a confirmation");
        database.change("restore_backup", "--time", SECOND.format(Instant.ofEpochSecond(chosen)));
        assertEquals(expected, write("SELECT count(*), sum(n) FROM test.sale"));
        database.change("stop");
        database.change("start");
        Wait.until("the database answers", 60, () -> write("SELECT 1").equals("1"));
        assertEquals(expected, write("SELECT count(*), sum(n) FROM test.sale"), "what was put back survives");
        assertTrue(platform.cli().run("list_backups", sid).ok().contains("after a restore"), "backups survive too");
    }

    @Test
    @Order(4)
    void clientsMayUseTlsAndMustIfThatIsSet() throws Exception {
        String ca = platform.folder().resolve("director/certs/ca_cert.pem").toString();
        String cipher = client("SHOW STATUS LIKE 'Ssl_cipher'", "--ssl", "--ssl-ca=" + ca);
        assertTrue(cipher.contains("TLS_") || cipher.contains("ECDHE"), cipher);
        database.change("set_mysql_config", "require_tls", "On");
        assertThrows(IllegalStateException.class, () -> client("SELECT 1", "--skip-ssl"));
        assertEquals("1", client("SELECT 1", "--ssl"));
        database.change("set_mysql_config", "require_tls");
        assertEquals("1", client("SELECT 1", "--skip-ssl"));
    }

    private String client(String statement, String... options) throws Exception {
        Process process = database.client(Database.WRITES, options).redirectErrorStream(true).start();
        process.getOutputStream().write((statement + ";\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(out);
        }
        return out;
    }

    @Test
    @Order(5)
    void figuresAndSlowQueriesAreShown() {
        database.change("set_mysql_config", "slow_query_time", "0.2");
        write("SELECT SLEEP(0.4)");
        Wait.until("queries are counted", 30, () -> number(platform.cli().run("performance", sid).ok(), "queries") > 0);
        String log = platform.client().services().log(database.sid(), database.members().getFirst(), "slow", 0, 1 << 16).text();
        assertTrue(log.contains("SLEEP(0.4)"), log);
    }

    private static double number(String json, String name) {
        Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9.]+)").matcher(json);
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }

    /** Last, when everything has been done: the password and its hash are searched for in all that is stored, running or answered. */
    @Test
    @Order(9)
    void thePasswordAppearsNowhere() throws Exception {
        String hash = write("SELECT authentication_string FROM mysql.user WHERE User = 'mysqldb'");
        assertTrue(hash.startsWith("*"), hash);
        try (Stream<Path> files = Files.walk(platform.folder())) {
            for (Path file : files.filter(Files::isRegularFile).filter(Files::isReadable).toList()) {
                assertFalse(contains(file, Database.PASSWORD), file + " has the password");
                assertFalse(file.toString().endsWith(".log") && contains(file, hash), file + " has the hash");
            }
        }
        for (String answer : List.of(Json.write(platform.client().services().get(database.sid())), Json.write(platform.client().operations().list(database.sid(), false)),
                Json.write(platform.client().audit()), platform.cli().run("get_password", sid).ok(), platform.cli().run("info", sid).ok(),
                platform.cli().run("get_mysql_config", sid).ok(), Json.write(platform.client().services().call(database.sid(), "get_password", Map.of())))) {
            assertFalse(answer.contains(Database.PASSWORD) || answer.contains(hash), answer);
        }
    }

    /** Files may go away while they are looked for. */
    private static boolean contains(Path file, String text) {
        try (InputStream in = Files.newInputStream(file)) {
            String tail = "";
            for (byte[] piece = in.readNBytes(1 << 20); piece.length > 0; piece = in.readNBytes(1 << 20)) {
                String window = tail + new String(piece, StandardCharsets.ISO_8859_1);
                if (window.contains(text)) {
                    return true;
                }
                tail = window.substring(Math.max(0, window.length() - text.length()));
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
