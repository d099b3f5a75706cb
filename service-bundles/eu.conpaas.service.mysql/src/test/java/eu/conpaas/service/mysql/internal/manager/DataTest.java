package eu.conpaas.service.mysql.internal.manager;

import static eu.conpaas.service.mysql.internal.manager.Servers.sql;
import static eu.conpaas.service.mysql.internal.manager.Servers.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.mysql.MysqlServiceType;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ProgramException;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.mysql.internal.engine.Sql;
import eu.conpaas.service.plan.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service does with its data, with manager, agents and real servers: master and replica. */
class DataTest {
    private static final String PASSWORD = "Korrekt-Pferd-81";
    @TempDir
    private Path folder;
    private Town town;

    /** The type of service that all of it holds for. */
    ServiceType type() {
        return new MysqlServiceType();
    }

    @BeforeEach
    void make() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        town = new Town(folder, type());
        town.change("set_password", Map.of("user", "mysqldb", "password", PASSWORD));
        town.change("set_mysql_setting", Map.of("name", "database", "value", "shop"));
        town.change("startup", Map.of());
        town.change("add_nodes", Map.of("slaves", 1));
    }

    @AfterEach
    void end() throws Exception {
        town.close();
    }

    private void asUser(String password, String statements) throws IOException {
        Path options = folder.resolve("client.cnf");
        Files.writeString(options, "[client]\npassword=" + password + "\n");
        try {
            new Program(List.of(ServerPlace.program("mariadb"), "--defaults-extra-file=" + options, "--host=" + town.master().node().address(), "--user=mysqldb"))
                    .input(statements).text();
        } finally {
            Files.delete(options);
        }
    }

    @Test
    void passwordSetBeforeTheStartIsThereAndIsNowhereReadable() throws Exception {
        asUser(PASSWORD, "CREATE TABLE shop.t (a INT); INSERT INTO shop.t VALUES (1)");
        town.change("set_password", Map.of("user", "mysqldb", "password", PASSWORD + "-2"));
        assertThrows(ProgramException.class, () -> asUser(PASSWORD, "SELECT 1"));
        asUser(PASSWORD + "-2", "SELECT 1");
        assertTrue(town.ask("get_service_performance").containsKey("response_time"));
        assertFalse(town.desired().toString().contains(PASSWORD));
        assertEquals(true, town.ask("get_password").get("set"));
        assertFalse(town.ask("get_password").toString().contains(PASSWORD));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(PASSWORD), file.toString());
            }
        }
    }

    @Test
    void dumpsGoInAndOutAndFailTruly() throws Exception {
        Path file = folder.resolve("shop.sql");
        Files.writeString(file, "CREATE TABLE shop.t (a INT);\nINSERT INTO shop.t VALUES (1), (2);\n");
        town.master().content("d".repeat(64), file);
        town.change("load_dump", Map.of("mysqldump_file", new StoredFile("d".repeat(64), "shop.sql", 5)));
        assertEquals("2", sql(town.master()).value("SELECT count(*) FROM shop.t"));
        assertTrue(town.dump().contains("INSERT INTO `t` VALUES\n(1),\n(2);"), town.dump());
        until("the replica has it", () -> "1".equals(sql(town.slaves().getFirst()).value("SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'")));
        Files.writeString(file, "INSERT INTO shop.t VALUES (3);\nINSERT INTO shop.u VALUES (3);\n");
        town.master().content("e".repeat(64), file);
        ApiException e = town.fail("load_dump", Map.of("mysqldump_file", new StoredFile("e".repeat(64), "more.sql", 5)));
        assertTrue(e.getMessage().startsWith("more.sql failed at line 2"), e.getMessage());
    }

    @Test
    void databasesArePutBackToASecondWithTheirReplicasAndGoOn() throws Exception {
        Sql master = sql(town.master());
        master.run("CREATE TABLE shop.sale (n INT PRIMARY KEY)", "INSERT INTO shop.sale VALUES (1)");
        town.change("create_backup", Map.of("description", "before the sale"));
        long backed = Instant.now().getEpochSecond();
        until("the second of the backup is over", () -> Instant.now().getEpochSecond() > backed + 1);
        master.run("INSERT INTO shop.sale VALUES (2)");
        long good = Instant.now().getEpochSecond();
        until("a second later", () -> Instant.now().getEpochSecond() > good);
        master.run("INSERT INTO shop.sale VALUES (3)", "CREATE USER intruder");
        until("the archive has it", () -> {
            town.converge();
            return Instant.now().getEpochSecond() > good + 1;
        });
        ApiException e = town.fail("restore_backup", Map.of("time", Moment.forPrograms(Instant.now().plusSeconds(999))));
        assertTrue(e.getMessage().contains("not known"), e.getMessage());
        assertEquals("3", master.value("SELECT count(*) FROM shop.sale"), "a restore that fails leaves everything as it is");

        town.change("restore_backup", Map.of("time", Moment.forPrograms(Instant.ofEpochSecond(good))));
        assertEquals("2", master.value("SELECT count(*) FROM shop.sale"));
        assertEquals("0", master.value("SELECT count(*) FROM mysql.user WHERE User = 'intruder'"));
        asUser(PASSWORD, "INSERT INTO shop.sale VALUES (4)");
        assertFalse(town.converge(), "nobody else is asked to lead");
        until("the replica follows", () -> "3".equals(sql(town.slaves().getFirst()).value("SELECT count(*) FROM shop.sale")));
        assertTrue(town.ask("list_backups").toString().contains("after a restore"));
        try (Stream<Path> left = Files.list(folder.resolve("shared/data"))) {
            assertEquals(List.of(), left.map(p -> p.getFileName().toString()).filter(n -> n.contains(".")).toList());
        }
    }

    @Test
    void aRestoreFollowsTheLogFromOneMasterToTheNext() throws Exception {
        Sql first = sql(town.master());
        first.run("CREATE TABLE shop.sale (n INT PRIMARY KEY)", "INSERT INTO shop.sale VALUES (1)");
        town.change("create_backup", Map.of());
        long backed = Instant.now().getEpochSecond();
        until("the second of the backup is over", () -> Instant.now().getEpochSecond() > backed + 1);
        first.run("INSERT INTO shop.sale VALUES (2)", "FLUSH BINARY LOGS", "INSERT INTO shop.sale VALUES (3)");
        town.change("add_nodes", Map.of("slaves", 1));
        first.run("INSERT INTO shop.sale VALUES (4)");
        town.converge();
        String copied = town.slaves().getLast().node().node();
        town.change("promote", Map.of("slave", copied));
        assertEquals(copied, town.master().node().node());
        Sql second = sql(town.master());
        second.run("INSERT INTO shop.sale VALUES (5)");
        long good = Instant.now().getEpochSecond();
        until("a second later", () -> Instant.now().getEpochSecond() > good);
        second.run("DELETE FROM shop.sale");
        until("the archive has it", () -> {
            town.converge();
            return Instant.now().getEpochSecond() > good + 1;
        });
        town.change("restore_backup", Map.of("time", Moment.forPrograms(Instant.ofEpochSecond(good))));
        assertEquals("5 15", second.value("SELECT CONCAT(count(*), ' ', sum(n)) FROM shop.sale"));
    }

    @Test
    void backupsThatAreDueAreMadeAndOldOnesGo() throws Exception {
        town.change("set_mysql_setting", Map.of("name", "backup_keep", "value", "1"));
        until("a backup is made by itself", () -> {
            town.converge();
            return town.ask("list_backups").toString().contains("scheduled");
        });
        assertFalse(town.change("delete_backup", Map.of("backup", "none")).isEmpty());
        Map<?, ?> backup = (Map<?, ?>) ((List<?>) town.ask("list_backups").get("backups")).getFirst();
        town.change("delete_backup", Map.of("backup", backup.get("backup").toString()));
        assertEquals(List.of(), town.ask("list_backups").get("backups"));
    }
}
