package eu.conpaas.service.mysql.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, made and steered as on a node. */
class MariaServerTest {
    @TempDir
    private Path base;
    private DatabaseNode node;

    @BeforeEach
    void makeNode() throws IOException {
        base.toFile().setExecutable(true, false);
        base.toFile().setReadable(true, false);
        node = new DatabaseNode("n1", base, null);
    }

    @AfterEach
    void endNode() throws IOException {
        node.close();
    }

    @Test
    void startsChangesSettingsInPlaceAndKeepsData() throws IOException {
        MariaServer server = node.server(new ServerConfig(7, Map.of(), Map.of()));
        Sql sql = server.sql();
        assertEquals("7", sql.value("SELECT @@server_id"));
        assertEquals("1", sql.value("SELECT @@global.read_only"), "nobody writes before it is known who is the master");
        assertEquals("67108864", sql.value("SELECT @@innodb_buffer_pool_size"));
        sql.run("SET GLOBAL read_only = 0", "CREATE DATABASE `test`", "CREATE TABLE test.t (a INT PRIMARY KEY, b VARCHAR(99))",
                "INSERT INTO test.t VALUES (1, " + Sql.literal("it's\ta \\ \"täst\"\nof 100%") + ")");
        assertEquals("it's\ta \\ \"täst\"\nof 100%", sql.value("SELECT b FROM test.t"));
        sql.run("CREATE DATABASE binlog", "CREATE DATABASE `binary-logs`");
        assertEquals(List.of("binary-logs", "binlog", "test"), sql.query("SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name NOT IN"
                + " ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY name").stream().map(row -> row.get("name")).toList());
        long pid = node.supervisor().pid(MariaServer.DAEMON).orElseThrow();

        node.server(new ServerConfig(7, Map.of("buffer_pool", "32M", "max_connections", "33", "slow_query_time", "0.5", "require_tls", "On"), Map.of()));
        assertEquals(pid, node.supervisor().pid(MariaServer.DAEMON).orElseThrow(), "a setting needs no restart");
        assertEquals(Map.of("c", "33", "l", "0.500000", "t", "1"),
                sql.row("SELECT @@max_connections c, @@global.long_query_time l, @@require_secure_transport t"));

        node.server(new ServerConfig(7, Map.of("buffer_pool", "900G"), Map.of("max_digest_length", "512")));
        assertNotEquals(pid, node.supervisor().pid(MariaServer.DAEMON).orElseThrow(), "another option does");
        assertEquals("1", sql.value("SELECT count(*) FROM test.t"));
        assertEquals("80", sql.value("SELECT @@max_connections"));
    }

    @Test
    void errorsAreTheServersWords() throws IOException {
        Sql sql = node.server(new ServerConfig(1, Map.of(), Map.of())).sql();
        ApiException e = assertThrows(ApiException.class, () -> sql.run("SELECT 1", "SELEC 2"));
        assertTrue(e.getMessage().contains("1064") && e.getMessage().contains("line 2"), e.getMessage());
        assertEquals(List.of(), sql.query("SHOW DATABASES LIKE 'none'"));
        node.supervisor().stop("server");
        assertFalse(sql.answers());
    }

    @Test
    void userHasTheRightsOfAnOwnerButCannotWriteToReplicas() throws IOException {
        MariaServer server = node.server(new ServerConfig(1, Map.of(), Map.of()));
        Sql sql = server.sql();
        sql.run("SET GLOBAL read_only = 0");
        sql.run(Accounts.user(Accounts.USER, PasswordHash.of("swordfish1")));
        sql.run(Accounts.user(Accounts.USER, PasswordHash.of("swordfish2")));
        assertThrows(ProgramException.class, () -> asUser("swordfish1", "SELECT 1"));
        asUser("swordfish2", "CREATE DATABASE shop; CREATE TABLE shop.t (a INT); CREATE FUNCTION shop.f() RETURNS INT RETURN 1;"
                + " CREATE USER shopkeeper IDENTIFIED BY 'swordfish3'; GRANT ALL ON shop.* TO shopkeeper WITH GRANT OPTION; CREATE ROLE clerk; GRANT SELECT ON *.* TO clerk;"
                + " CREATE DEFINER=shopkeeper@'%' VIEW shop.v AS SELECT a FROM shop.t; CREATE TRIGGER shop.tr BEFORE INSERT ON shop.t FOR EACH ROW SET NEW.a = 1;"
                + " CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1; SELECT * FROM shop.v; SHOW PROCESSLIST; SHOW MASTER STATUS; SHOW SLAVE STATUS;"
                + " LOCK TABLES shop.t WRITE; UNLOCK TABLES; DROP USER shopkeeper");
        for (String refused : List.of("RESET MASTER", "RESET SLAVE", "FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW()", "SET sql_log_bin = 0", "STOP SLAVE",
                "CHANGE MASTER TO MASTER_HOST = 'x'", "SET SESSION gtid_domain_id = 7", "SET GLOBAL rpl_semi_sync_master_enabled = 0", "SET GLOBAL sync_binlog = 0",
                "BACKUP STAGE START", "GRANT RELOAD ON *.* TO mysqldb", "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'x')")) {
            assertThrows(ProgramException.class, () -> asUser("swordfish2", refused), refused);
        }
        sql.run("SET GLOBAL read_only = 1");
        ProgramException e = assertThrows(ProgramException.class, () -> asUser("swordfish2", "INSERT INTO shop.t VALUES (1)"));
        assertTrue(e.output().contains("read-only"), e.output());
        assertThrows(ProgramException.class, () -> asUser("swordfish2", "SET GLOBAL read_only = 0"));
        assertThrows(ProgramException.class, () -> asUser("swordfish2", "SHUTDOWN"));
        assertThrows(ProgramException.class, () -> asUser("swordfish2", "SELECT LOAD_FILE('/etc/passwd') INTO OUTFILE '/tmp/x'"));
    }

    private void asUser(String password, String statements) throws IOException {
        Path options = base.resolve("client.cnf");
        java.nio.file.Files.writeString(options, "[client]\npassword=" + password + "\n");
        new Program(List.of(ServerPlace.program("mariadb"), "--defaults-extra-file=" + options, "--host=" + node.node().address(), "--user=" + Accounts.USER))
                .input(statements).text();
    }
}
