package eu.conpaas.service.mysql.internal.data.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerConfig;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps, backups and restores with the real server. */
class DataCallsTest {
    @TempDir
    private Path base;
    private DatabaseNode node;
    private MariaServer server;
    private Sql sql;
    private DataCalls calls;
    private int tasks;

    @BeforeEach
    void start() throws IOException {
        base.toFile().setExecutable(true, false);
        base.toFile().setReadable(true, false);
        Path shared = Files.createDirectory(base.resolve("shared"));
        node = new DatabaseNode("n1", base, shared);
        server = node.server(new ServerConfig(1, Map.of(), Map.of()));
        sql = server.sql();
        sql.run("SET GLOBAL read_only = 0");
        calls = new DataCalls(node, server, () -> 1);
    }

    @AfterEach
    void end() throws IOException {
        calls.close();
        node.close();
    }

    private Map<String, Object> run(String method, Object... arguments) throws Exception {
        String id = "task-" + ++tasks;
        Map<String, Object> all = new LinkedHashMap<>(Map.of("task", id));
        for (int i = 0; i < arguments.length; i += 2) {
            all.put(arguments[i].toString(), arguments[i + 1]);
        }
        calls.call(method, all);
        return calls.call("task", Map.of("id", id, "millis", 120_000)).orElseThrow();
    }

    private Map<String, Object> load(String name, byte[] bytes) throws Exception {
        Path file = base.resolve(name);
        Files.write(file, bytes);
        node.content("h", file);
        return run("load_dump", "hash", "h", "name", name);
    }

    private String dump() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        calls.download("sqldump", Map.of("database", "", "compress", "none")).orElseThrow().content().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void dumpsOfAllDatabasesComeBackInAnyCompression() throws Exception {
        sql.run("CREATE DATABASE `test`", "CREATE DATABASE `--odd ``name`", "CREATE TABLE `--odd ``name`.t (a INT PRIMARY KEY, b LONGBLOB, c TEXT)",
                "INSERT INTO `--odd ``name`.t VALUES (1, X'00FF0A0D27', " + Sql.literal("it's\nUSE `mysql`;\n") + ")", "CREATE TABLE test.e (a INT) ENGINE=InnoDB",
                "CREATE FUNCTION test.f() RETURNS INT RETURN 7");
        String dump = dump();
        assertTrue(dump.contains("Dump completed"), dump);
        assertFalse(dump.contains("global_priv"), "no accounts");
        for (String form : new String[] {"", CompressorStreamFactory.GZIP, CompressorStreamFactory.BZIP2, CompressorStreamFactory.XZ, CompressorStreamFactory.ZSTANDARD}) {
            sql.run("DROP DATABASE `test`", "DROP DATABASE `--odd ``name`");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = form.isEmpty() ? packed : new CompressorStreamFactory().createCompressorOutputStream(form, packed)) {
                out.write(dump.getBytes(StandardCharsets.UTF_8));
            }
            assertEquals("done", load("dump", packed.toByteArray()).get("state"), form);
            assertEquals("00FF0A0D27", sql.value("SELECT HEX(b) FROM `--odd ``name`.t"), form);
            assertEquals("it's\nUSE `mysql`;\n", sql.value("SELECT c FROM `--odd ``name`.t"), form);
            assertEquals("7", sql.value("SELECT test.f()"), form);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        calls.download("sqldump", Map.of("database", "test", "compress", "gz")).orElseThrow().content().writeTo(packed);
        assertEquals("done", load("test.sql.gz", packed.toByteArray()).get("state"));
        assertThrows(ApiException.class, () -> calls.download("sqldump", Map.of("database", "none", "compress", "none")));
    }

    @Test
    void whatIsExportedComesInTheSameAndIsReadAgain() throws Exception {
        sql.run("CREATE DATABASE wiki", "CREATE TABLE wiki.page (n INT PRIMARY KEY AUTO_INCREMENT, b BLOB, f DOUBLE, t TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
                "INSERT INTO wiki.page (b, f) VALUES (X'00FF', 0.1), (NULL, 1e300)", "CREATE VIEW wiki.v AS SELECT n FROM wiki.page",
                "CREATE TABLE wiki.loose (a INT)", "INSERT INTO wiki.loose VALUES (3), (1), (2)");
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        calls.export(first);
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        calls.export(second);
        assertEquals(java.util.HexFormat.of().formatHex(first.toByteArray()), java.util.HexFormat.of().formatHex(second.toByteArray()));
        sql.run("DROP DATABASE wiki");
        Path file = Files.write(base.resolve("export"), first.toByteArray());
        node.content("x", file);
        assertEquals("done", run("import", "hash", "x").get("state"));
        assertEquals("3", sql.value("SELECT count(*) FROM wiki.loose"));
        sql.run("CREATE DATABASE stranger");
        assertEquals("STEP_FAILED", run("import", "hash", "x").get("code"), "what is there is not the same");
    }

    @Test
    void errorsOfDumpsAreToldWithTheirLine() throws Exception {
        String sqlText = "CREATE DATABASE a;\nCREATE TABLE a.t (x INT);\nINSERT INTO a.t VALUES (1);\nINSERT INTO a.none VALUES (2);\nINSERT INTO a.t VALUES (3);\n";
        Map<String, Object> failed = load("broken.sql", sqlText.getBytes(StandardCharsets.UTF_8));
        assertEquals("failed", failed.get("state"));
        assertTrue(failed.get("cause").toString().contains("line 4") && failed.get("cause").toString().contains("1146"), failed.toString());
        assertEquals("1", sql.value("SELECT count(*) FROM a.t"), "what stands before has been carried out");
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(cut)) {
            gz.write(sqlText.repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = java.util.Arrays.copyOf(cut.toByteArray(), cut.size() - 12);
        assertEquals("failed", load("cut.sql.gz", half).get("state"), "half a file is no file");
    }

    @Test
    void aDumpStartsNoPrograms() throws Exception {
        Path proof = base.resolve("proof");
        for (String command : new String[] {"\\! touch " + proof, "system touch " + proof, "tee " + proof, "SELECT 1;\n\\! touch " + proof, "source " + proof}) {
            load("evil.sql", (command + "\n").getBytes(StandardCharsets.UTF_8));
            assertFalse(Files.exists(proof), command);
        }
    }

    @Test
    void systemDatabasesOfADumpAreLeftOutAndLinesKeepTheirNumbers() throws Exception {
        String dump = "-- MySQL dump 10.13\n--\nCREATE DATABASE IF NOT EXISTS `mysql`;\nUSE `mysql`;\nDROP TABLE IF EXISTS `user`;\nTRUNCATE global_priv;\n"
                + "CREATE DATABASE IF NOT EXISTS `wiki`;\nUSE `mysql`;\nCREATE TABLE zzz (a INT);\nUSE `test`;\nUSE `wiki`;\nCREATE TABLE t (a INT);\nBROKEN;";
        sql.run("CREATE DATABASE wiki", "CREATE DATABASE test");
        Map<String, Object> failed = load("old.sql", dump.getBytes(StandardCharsets.UTF_8));
        assertTrue(String.valueOf(failed.get("cause")).contains("line 13"), failed.toString());
        assertEquals("0", sql.value("SELECT count(*) FROM wiki.t"));
        assertTrue(Integer.parseInt(sql.value("SELECT count(*) FROM mysql.global_priv")) > 0);
    }

    @Test
    void restoresToAChosenSecondExactly() throws Exception {
        sql.run("CREATE DATABASE shop", "CREATE TABLE shop.sale (n INT PRIMARY KEY, at BIGINT)", "INSERT INTO shop.sale VALUES (0, UNIX_TIMESTAMP())");
        assertEquals("done", run("backup", "id", "one", "description", "first", "history", 0, "automatic", false).get("state"));
        long first = Instant.now().getEpochSecond();
        for (int n = 1; Instant.now().getEpochSecond() < first + 5; n++) {
            sql.run("INSERT INTO shop.sale VALUES (" + n + ", UNIX_TIMESTAMP())", n % 40 == 0 ? "FLUSH BINARY LOGS" : "DO 0");
        }
        sql.run("DROP TABLE IF EXISTS shop.none", "CREATE DATABASE late");
        for (long end = Instant.now().getEpochSecond() + 2; Instant.now().getEpochSecond() < end;) {
            calls.call("archive", Map.of("history", 0));
        }
        long chosen = first + 3;
        String expected = sql.value("SELECT CONCAT(count(*), ' ', sum(n)) FROM shop.sale WHERE at <= " + chosen);
        String all = sql.value("SELECT CONCAT(count(*), ' ', sum(n)) FROM shop.sale");
        Map<String, Object> prepared = run("restore", "backup", "", "time", Instant.ofEpochSecond(chosen).toString(), "mark", "m1");
        assertEquals("done", prepared.get("state"), prepared.toString());
        assertEquals(all, sql.value("SELECT CONCAT(count(*), ' ', sum(n)) FROM shop.sale"), "the data in use are not touched yet");

        node.supervisor().stop("server");
        calls.call("put_back", Map.of("mark", "m1"));
        calls.call("put_back", Map.of("mark", "m1"));
        node.server(new ServerConfig(1, Map.of(), Map.of()));
        assertEquals(expected, sql.value("SELECT CONCAT(count(*), ' ', sum(n)) FROM shop.sale"));
        assertEquals("0", sql.value("SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'late'"));
        sql.run("SET GLOBAL read_only = 0", "INSERT INTO shop.sale VALUES (1000000, 0)");
        calls.call("restore_forget", Map.of());

        Map<String, Object> tooLate = run("restore", "backup", "one", "time", Instant.now().plusSeconds(3600).toString(), "mark", "m2");
        assertTrue(tooLate.get("cause").toString().contains("not known"), tooLate.toString());
        Map<String, Object> tooEarly = run("restore", "backup", "", "time", Instant.ofEpochSecond(first - 3600).toString(), "mark", "m3");
        assertEquals("NOT_FOUND", tooEarly.get("code"), tooEarly.toString());
        calls.call("delete_backup", Map.of("backup", "one"));
        assertFalse(Files.exists(base.resolve("shared/backups/log/000000")), "logs that no backup goes on from are dropped");
    }
}
