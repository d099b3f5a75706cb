package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A MySQL service while it is written to: what was acknowledged is there, whatever happens. */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseTest {
    private static final int KILLS = Running.LONG ? 10 : 3;
    private static final long BLOCKED_MS = 5000;
    private Platform platform;
    private Database database;

    @BeforeAll
    void start(Platform running) {
        platform = running;
        database = Database.start(platform);
    }

    @AfterAll
    void end() {
        platform.change("stop", Long.toString(database.sid()));
        platform.change("terminate", Long.toString(database.sid()));
    }

    private void nothingIsLost(Set<Long> acknowledged) {
        Set<Long> lost = new TreeSet<>(acknowledged);
        lost.removeAll(database.rows());
        assertEquals(Set.of(), lost, "acknowledged rows that are not there");
    }

    @Test
    @Order(1)
    void replicasAreAddedWithoutLossOrPause() throws Exception {
        DbWriter writer = new DbWriter(database, 2);
        try (writer) {
            writer.proceed();
            long begin = System.nanoTime();
            database.change("add_nodes", "2");
            writer.proceed();
            long pause = writer.longestPause(begin);
            System.out.println("two replicas added in " + (System.nanoTime() - begin) / 1_000_000 + " ms, longest pause of writes " + pause + " ms");
            assertTrue(pause < BLOCKED_MS, "writes paused for " + pause + " ms");
        }
        nothingIsLost(writer.acknowledged());
    }

    @Test
    @Order(2)
    void readsGoToReplicasPastTheMastersNode() {
        String info = platform.cli().run("info", Long.toString(database.sid())).ok();
        assertTrue(info.contains("master url: mysql://" + database.address() + ":3306\n") && info.contains("slave url: mysql://" + database.reads() + ":3306\n"), info);
        Wait.until("reads are answered by a replica", 60, () -> read("SELECT @@global.read_only").equals("1"));
        assertEquals("1", database.query(Database.READS, "SELECT @@global.read_only"), "at the service's address too");
        assertEquals("0", database.query(Database.WRITES, "SELECT @@global.read_only"));
        readsAreElsewhere();
    }

    private String read(String statement) {
        return database.query(database.reads(), Database.WRITES, statement);
    }

    private void readsAreElsewhere() {
        List<String> members = database.members();
        assertTrue(database.node(members.getFirst()).has(database.address()));
        assertEquals(1, members.stream().skip(1).filter(m -> database.node(m).has(database.reads())).count(), "reads lead to one replica's node");
    }

    @Test
    @Order(3)
    void whenTheMasterIsKilledNothingAcknowledgedIsLost() throws Exception {
        List<Long> pauses = new ArrayList<>();
        DbWriter writer = new DbWriter(database, 2);
        try (writer) {
            for (int kill = 0; kill < KILLS; kill++) {
                writer.proceed();
                String master = database.members().getFirst();
                long moment = System.nanoTime();
                Processes.kill(database.node(master).engines("mariadbd").getFirst());
                Wait.until("another is master", 90, () -> !database.members().getFirst().equals(master));
                writer.proceed();
                pauses.add(writer.longestPause(moment));
                database.settled();
                readsAreElsewhere();
                assertEquals("1", read("SELECT 1"));
            }
        }
        Collections.sort(pauses);
        System.out.println(KILLS + " masters killed, " + writer.acknowledged().size() + " rows acknowledged, time without writes: median "
                + pauses.get(pauses.size() / 2) + " ms, all " + pauses);
        nothingIsLost(writer.acknowledged());
    }

    @Test
    @Order(4)
    void whenTheMastersNodeDiesNothingAcknowledgedIsLost() throws Exception {
        DbWriter writer = new DbWriter(database, 2);
        try (writer) {
            writer.proceed();
            String master = database.members().getFirst();
            long moment = System.nanoTime();
            database.node(master).kill();
            Wait.until("another is master", 120, () -> !database.members().getFirst().equals(master));
            writer.proceed();
            System.out.println("the master's node died, time without writes " + writer.longestPause(moment) + " ms");
            database.settled();
            Wait.until("there are three again", 120, () -> database.members().size() == 3);
            assertNotEquals(master, database.members().getFirst());
        }
        nothingIsLost(writer.acknowledged());
    }

    @Test
    @Order(5)
    void dataAndAddressSurviveStopAndStart() {
        database.settled();
        String address = database.address();
        String reads = database.reads();
        Set<Long> before = database.rows();
        database.change("remove_nodes", "1");
        database.change("stop");
        database.change("start");
        assertEquals(List.of(address, reads), List.of(database.address(), database.reads()));
        Wait.until("replicas have all rows", 60, () -> before.size() == Integer.parseInt(read("SELECT count(*) FROM load_test.t")));
        assertEquals(before, database.rows());
        assertEquals(2, database.members().size());
    }
}
