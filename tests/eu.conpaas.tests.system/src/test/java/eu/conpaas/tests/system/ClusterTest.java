package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Galera cluster while it is written to: what was acknowledged is there, whichever server dies, and after a stop. */
@ExtendWith({Running.class, Sampled.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
    private static final int SERVERS = 3;
    private Platform platform;
    private Database database;

    @BeforeAll
    void start(Platform running) {
        platform = running;
        database = Database.start(platform, "galera");
        database.change("add_nodes", Integer.toString(SERVERS - 1));
    }

    @AfterAll
    void end() {
        platform.change("stop", Long.toString(database.sid()));
        platform.change("terminate", Long.toString(database.sid()));
    }

    /** Which servers are killed at the same moment, by their place among the members: of three deaths one, chosen by the seed, or all. */
    private static List<List<Integer>> deaths() {
        List<List<Integer>> all = new ArrayList<>(List.of(List.of(0), List.of(1), List.of(0, 1, 2)));
        long seed = Long.getLong("conpaas.seed", System.currentTimeMillis());
        System.out.println("seed " + seed);
        Collections.shuffle(all, new Random(seed));
        return Running.LONG ? all : all.subList(0, 1);
    }

    private void whole() {
        Wait.until("the cluster is whole", 120, () -> database.query(Database.WRITES, "SHOW STATUS LIKE 'wsrep_cluster_size'").endsWith("\t" + SERVERS));
        Wait.until("each server answers for itself", 60, () -> database.members().stream().allMatch(m -> database.node(m).engines("mariadbd").size() == 1));
    }

    @Test
    void whoeverDiesNothingAcknowledgedIsLostAndDataSurviveAStop() throws Exception {
        DbWriter writer = new DbWriter(database, 2);
        try (writer) {
            for (List<Integer> death : deaths()) {
                writer.proceed();
                List<String> members = database.members();
                long moment = System.nanoTime();
                for (int place : death) {
                    Processes.kill(database.node(members.get(place)).engines("mariadbd").getFirst());
                }
                writer.proceed();
                System.out.println("killed servers " + death + ", time without writes " + writer.longestPause(moment) + " ms");
                whole();
                assertEquals(members, database.members(), "nobody had to be replaced");
            }
        }
        Set<Long> lost = new TreeSet<>(writer.acknowledged());
        lost.removeAll(database.rows());
        assertEquals(Set.of(), lost, "acknowledged rows that are not there");
        Set<Long> before = database.rows();
        database.change("stop");
        database.change("start");
        whole();
        assertEquals(before, database.rows());
        assertTrue(platform.cli().run("info", Long.toString(database.sid())).ok().contains("galera"), "the type is shown");
    }
}
