package eu.conpaas.service.mysql.internal.data.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerConfig;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names nobody should choose and things that are more than tables, in and out of real servers. */
class OddThingsTest {
    /** Names that mean something to a shell, to SQL, to the dump program or to its output. */
    private static final List<String> NAMES = List.of("test", "select", "NULL", "a-b", "--all-databases", "it's \"q\" `b`", "Ünï中文", "tab\tline", "new\nline", "car\rriage",
            "back\\slash", "a.b/c", "x;DROP DATABASE test", "mysql2", "100%_", "$(id)", "#sql", "A B", "a b");
    private static final String THINGS = """
            -- MariaDB dump 10.19, as other servers write it
            CREATE DATABASE things; USE `things`;
            CREATE TABLE `order` (`select` INT PRIMARY KEY, `ünï` TEXT, `a``b` BLOB);
            CREATE TABLE log (n INT AUTO_INCREMENT PRIMARY KEY, w TEXT);
            CREATE TABLE kinds (a INT, b INT AS (a + 1) PERSISTENT, c JSON, g GEOMETRY, i BIT(3), e ENUM('x', 'y'));
            INSERT INTO kinds (a, c, g, i, e) VALUES (1, '{"k": 1}', ST_GeomFromText('POINT(1 2)'), b'101', 'y');
            CREATE VIEW `my view` AS SELECT `select` AS `group` FROM `order`;
            DELIMITER //
            CREATE TRIGGER `tr-1` AFTER INSERT ON `order` FOR EACH ROW BEGIN INSERT INTO log (w) VALUES (CONCAT('t;', NEW.`select`)); END//
            CREATE PROCEDURE `do it`(IN x INT) BEGIN INSERT INTO log (w) VALUES ('p;'); END//
            CREATE DEFINER=`root`@`localhost` FUNCTION f(x INT) RETURNS INT DETERMINISTIC BEGIN RETURN x + 1; END//
            CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO BEGIN INSERT INTO log (w) VALUES ('e'); END//
            DELIMITER ;
            CREATE DEFINER=`gone`@`%` VIEW orphan AS SELECT 1 AS a;
            CREATE DEFINER=`gone`@`%` PROCEDURE op() SELECT 1;
            INSERT INTO `order` VALUES (1, 'é😀 \\\\ '' "\\n', X'00FF0A5C27');
            CALL `do it`(1);
            USE `mysql`;
            DELETE FROM global_priv;
            USE `things`;
            CREATE SEQUENCE numbers;
            """;
    @TempDir
    private Path base;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int tasks;

    /** A node with its server and what can be asked of it. */
    private record Place(DatabaseNode node, Sql sql, DataCalls calls) {
    }

    private Place place(String id) throws IOException {
        DatabaseNode node = new DatabaseNode(id, base, null);
        open.add(node);
        MariaServer server = node.server(new ServerConfig(open.size(), Map.of(), Map.of()));
        server.sql().run("SET GLOBAL read_only = 0");
        DataCalls calls = new DataCalls(node, server, () -> 1);
        open.add(calls);
        return new Place(node, server.sql(), calls);
    }

    @BeforeEach
    void open() {
        base.toFile().setExecutable(true, false);
        base.toFile().setReadable(true, false);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private void run(Place at, String method, byte[] content) throws Exception {
        Path file = Files.write(base.resolve("content-" + ++tasks), content);
        at.node.content("h", file);
        at.calls.call(method, Map.of("task", "t" + tasks, "hash", "h", "name", "odd.sql"));
        Map<String, Object> view = at.calls.call("task", Map.of("id", "t" + tasks, "millis", 120_000)).orElseThrow();
        assertEquals("done", view.get("state"), view.toString());
    }

    private static byte[] dump(Place at, String database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        at.calls.download("sqldump", Map.of("database", database, "compress", "none")).orElseThrow().content().writeTo(out);
        return out.toByteArray();
    }

    private static byte[] export(Place at) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        at.calls.export(out);
        return out.toByteArray();
    }

    @Test
    void databasesOfAnyNameComeOutAndInTheSame() throws Exception {
        Place one = place("n1");
        for (String name : NAMES) {
            one.sql.run("CREATE DATABASE " + Sql.name(name), "CREATE TABLE " + Sql.name(name) + "." + Sql.name(name) + " (" + Sql.name(name) + " INT PRIMARY KEY)",
                    "INSERT INTO " + Sql.name(name) + "." + Sql.name(name) + " VALUES (1)");
        }
        Place two = place("n2");
        run(two, "import", export(one));
        assertArrayEquals(export(one), export(two));
        for (String name : NAMES) {
            two.sql.run("DROP DATABASE " + Sql.name(name));
            run(two, "load_dump", dump(one, name));
            assertEquals("1", two.sql.value("SELECT count(*) FROM " + Sql.name(name) + "." + Sql.name(name)), name);
        }
        assertArrayEquals(export(one), export(two));
    }

    @Test
    void viewsRoutinesTriggersAndEventsComeOutAndInWhoeverDefinedThem() throws Exception {
        Place one = place("n1");
        run(one, "load_dump", THINGS.getBytes(StandardCharsets.UTF_8));
        Place two = place("n2");
        run(two, "import", export(one));
        assertEquals("é😀 \\ ' \"\n", two.sql.value("SELECT `ünï` FROM things.`order`"));
        assertEquals("t;1 p;", two.sql.value("SELECT GROUP_CONCAT(w ORDER BY n SEPARATOR ' ') FROM things.log"), "the trigger has not fired again");
        assertEquals("3", two.sql.value("SELECT things.f(2)"));
        assertEquals("ev gone@%", two.sql.value("SELECT CONCAT(EVENT_NAME, ' ', (SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_NAME = 'orphan'))"
                + " FROM information_schema.EVENTS"));
        two.sql.run("INSERT INTO things.`order` VALUES (2, '', '')");
        assertEquals("3", two.sql.value("SELECT count(*) FROM things.log"));
        run(one, "load_dump", dump(two, "things"));
        assertEquals("2", one.sql.value("SELECT count(*) FROM things.`my view`"));
    }

    @Test
    void whatCannotBeDumpedIsSaidBeforeTheFirstByte() throws Exception {
        Place one = place("n1");
        one.sql.run("CREATE DATABASE shop", "CREATE TABLE shop.t (a INT)", "CREATE VIEW shop.`old view` AS SELECT a FROM shop.t", "DROP TABLE shop.t");
        ApiException broken = assertThrows(ApiException.class, () -> dump(one, ""));
        assertTrue(broken.getMessage().contains("`shop`.`old view`"), broken.getMessage());
        assertThrows(ApiException.class, () -> export(one));
        one.sql.run("DROP VIEW shop.`old view`", "CREATE DATABASE `it's`", "CREATE EVENT `it's`.e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
        assertTrue(assertThrows(ApiException.class, () -> dump(one, "")).getMessage().contains("`it's`"));
        dump(one, "shop");
    }
}
