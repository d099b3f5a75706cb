package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A PHP site that writes to and reads from the MySQL service of its application, which it knows by references only, while that service changes. Changes of
 * its size cost no request. When the master becomes another one, connections end, as the manual says: a page that connects again and repeats what it was
 * about loses nothing, and no row that a page has told as written is ever missing.
 */
@ExtendWith({Running.class, Sampled.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseSiteTest {
    private static final String PAGE = """
            <?php
            // write: puts a row in and reads it back; read: asks a replica how many there are. With patience=S both try again for S seconds.
            mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
            $until = microtime(true) + (float) ($_GET['patience'] ?? 0);
            $id = hrtime(true) . random_int(10, 99);
            for (;;) {
                try {
                    $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), 'load_test', (int) getenv($_GET['port']));
                    if ($_GET['port'] === 'DB_PORT') {
                        $db->query("INSERT IGNORE INTO t VALUES ($id)");
                        echo 'id=', $db->query("SELECT id FROM t WHERE id = $id")->fetch_row()[0];
                    } else {
                        echo 'rows=', $db->query('SELECT count(*) FROM t')->fetch_row()[0];
                    }
                    break;
                } catch (mysqli_sql_exception $e) {
                    if (microtime(true) > $until) {
                        http_response_code(500);
                        exit($e->getMessage());
                    }
                    usleep(200000);
                }
            }
            echo "\nEND\n";
            """;
    private static final Pattern WRITTEN = Pattern.compile("id=(\\d+)");
    private final Set<Long> written = ConcurrentHashMap.newKeySet();
    private final BodyCheck row = body -> {
        Matcher id = WRITTEN.matcher(new String(body, StandardCharsets.UTF_8));
        if (!id.find()) {
            return "no row: " + new String(body, StandardCharsets.UTF_8);
        }
        written.add(Long.valueOf(id.group(1)));
        return null;
    };
    private final Platform platform;
    private Database database;
    private Site site;

    DatabaseSiteTest(Platform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void deploy() throws Exception {
        database = Database.start(platform);
        long sid = platform.create("php", Long.toString(platform.service(database.sid()).application_id()));
        Site made = new Site(platform, "php", sid, null, null, 0);
        made.change("enable_code", platform.upload(sid, archive()));
        for (String[] variable : new String[][] {{"DB_HOST", "${mysql.address}"}, {"DB_PORT", "${mysql.port}"}, {"DB_READ_PORT", "${mysql.read_port}"},
                {"DB_USER", "${mysql.user}"}, {"DB_PASSWORD", Database.PASSWORD}}) {
            made.change("set_environment", variable[0], variable[1]);
        }
        made.change("start");
        site = made.shown();
        Wait.until("the site reaches its database", 30, () -> site.get("/?port=DB_PORT").isSuccess());
    }

    private Path archive() throws Exception {
        Path zip = platform.folder().resolve("rows.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("index.php"));
            out.write(PAGE.getBytes(StandardCharsets.UTF_8));
        }
        return zip;
    }

    @AfterAll
    void end() {
        for (long sid : List.of(site.sid(), database.sid())) {
            platform.change("stop", Long.toString(sid));
            platform.change("terminate", Long.toString(sid));
        }
    }

    /** @param patience seconds for which pages try again */
    private UnderLoad load(int patience) {
        String more = "&patience=" + patience;
        return new UnderLoad(site, List.of(Shape.get("write, kept open", "/?port=DB_PORT" + more, 6, true, row), Shape.get("write, fresh", "/?port=DB_PORT" + more, 3, false, row),
                Shape.get("read", "/?port=DB_READ_PORT" + more, 4, true, BodyCheck.endsWith("END"))));
    }

    private void nothingIsLost() {
        Set<Long> lost = new TreeSet<>(written);
        lost.removeAll(database.rows());
        assertEquals(Set.of(), lost, "rows that were told as written and are not there");
        assertTrue(written.size() > 20, "there was something to lose: " + written.size());
    }

    @Test
    @Order(1)
    void aReplicaComesWithoutAFailedRequest() {
        try (UnderLoad load = load(0)) {
            load.transition("a replica comes", 0, () -> database.change("add_nodes", "1"));
        }
        nothingIsLost();
    }

    @Test
    @Order(2)
    void anotherMasterCostsPatientPagesNothing() {
        try (UnderLoad load = load(20)) {
            String before = database.members().getFirst();
            load.transition("another node becomes master", 0, () -> database.change("promote", database.members().getLast()));
            assertTrue(!database.members().getFirst().equals(before));
            if (Running.LONG) {
                load.transition("kill -9 of the master", 0, () -> Processes.kill(database.node(database.members().getFirst()).engines("mariadbd").getFirst()));
                database.settled();
            }
        }
        nothingIsLost();
    }

    @Test
    @Order(3)
    void theDeathOfTheManagerIsNotNoticed() {
        assumeTrue(Running.LONG, "part of the long tests");
        try (UnderLoad load = load(0)) {
            load.transition("kill -9 of the manager of the database", 0, () -> {
                Node manager = platform.manager(database.sid());
                long pid = manager.jvm();
                Processes.kill(pid);
                Wait.until("another manager process", 60, () -> manager.jvm() != pid);
            });
        }
        nothingIsLost();
    }

    @Test
    @Order(4)
    void aReplicaLeavesAndTheSiteGrowsWithoutAFailedRequest() {
        try (UnderLoad load = load(0)) {
            load.transition("the replica leaves", 0, () -> database.change("remove_nodes", "1"));
            load.transition("two backends", 0, () -> site.change("add_nodes", "2", "0", "0"));
        }
        nothingIsLost();
    }
}
