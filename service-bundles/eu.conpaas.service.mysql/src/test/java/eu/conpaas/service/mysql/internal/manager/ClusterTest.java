package eu.conpaas.service.mysql.internal.manager;

import static eu.conpaas.service.mysql.internal.manager.Servers.asked;
import static eu.conpaas.service.mysql.internal.manager.Servers.kill;
import static eu.conpaas.service.mysql.internal.manager.Servers.rows;
import static eu.conpaas.service.mysql.internal.manager.Servers.sql;
import static eu.conpaas.service.mysql.internal.manager.Servers.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.service.mysql.GaleraServiceType;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Galera cluster with real servers on loopback addresses: written to everywhere, hurt, stopped and started, with its rows counted after each. */
class ClusterTest {
    @TempDir
    Path folder;
    private Town town;
    private int written;

    @BeforeEach
    void make() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        town = new Town(folder, new GaleraServiceType());
        town.change("startup", Map.of());
        sql(town.master()).run("CREATE DATABASE test", "CREATE TABLE test.t (n INT PRIMARY KEY AUTO_INCREMENT, w VARCHAR(20)) ENGINE=InnoDB");
        write();
    }

    @AfterEach
    void end() throws Exception {
        town.close();
    }

    private List<DatabaseNode> all() {
        return Stream.concat(Stream.of(town.master()), town.slaves().stream()).toList();
    }

    /** A row by each server. */
    private void write() throws IOException {
        for (DatabaseNode node : all()) {
            sql(node).run("INSERT INTO test.t (w) VALUES ('" + node.node().node() + "')");
            written++;
        }
    }

    private static String status(DatabaseNode node, String name) throws IOException {
        return sql(node).status(name).get(name);
    }

    /** All servers are in one cluster and have all that has been written. */
    private void oneClusterHasAll(int servers) throws Exception {
        assertEquals(servers, all().size());
        Set<String> histories = new HashSet<>();
        for (DatabaseNode node : all()) {
            until(node.node().node() + " is among " + servers, () -> status(node, "wsrep_cluster_size").equals(Integer.toString(servers))
                    && status(node, "wsrep_cluster_status").equals("Primary") && status(node, "wsrep_ready").equals("ON"));
            until(node.node().node() + " has all", () -> rows(node) == written);
            histories.add(status(node, "wsrep_cluster_state_uuid"));
        }
        assertEquals(1, histories.size(), "there are several clusters");
    }

    @Test
    void allTakeWritesAndDataSurviveStopAndStart() throws Exception {
        town.change("add_nodes", Map.of("slaves", 2));
        write();
        oneClusterHasAll(3);
        town.change("shutdown", Map.of());
        town.change("startup", Map.of());
        write();
        oneClusterHasAll(3);
        town.change("remove_nodes", Map.of("slaves", 2));
        write();
        oneClusterHasAll(1);
        town.change("shutdown", Map.of());
        town.change("startup", Map.of());
        oneClusterHasAll(1);
    }

    @Test
    void killedServersComeBackByThemselvesWithWhatTheyMissed() throws Exception {
        sql(town.master()).run("CREATE USER reader@'%' IDENTIFIED BY 'some words'");
        town.change("add_nodes", Map.of("slaves", 2));
        assertFalse(town.converge());
        DatabaseNode slave = town.slaves().getFirst();
        Path mark = Files.createFile(town.data(slave).resolve("mark"));
        kill(slave);
        sql(town.master()).run("INSERT INTO test.t (w) VALUES ('missed')");
        written++;
        oneClusterHasAll(3);
        assertTrue(Files.exists(mark), "it got what it missed and no whole copy");

        String first = asked(town.address(), Names.PORT, "reader", "some words", "SELECT @@wsrep_node_name");
        assertEquals(town.master().node().node(), first);
        kill(town.master());
        until("another takes writes at the service's address", () -> {
            String answers = asked(town.address(), Names.PORT, "reader", "some words", "SELECT @@wsrep_node_name");
            return !answers.isEmpty() && !answers.equals(first);
        });
        oneClusterHasAll(3);

        all().forEach(Servers::kill);
        until("they are a cluster again", () -> {
            town.converge();
            return true;
        });
        oneClusterHasAll(3);
        write();
        oneClusterHasAll(3);
    }

    @Test
    void deadNodesAreReplaced() throws Exception {
        kill(town.master());
        until("the only server is back", () -> {
            town.converge();
            return status(town.master(), "wsrep_ready").equals("ON");
        });
        write();
        town.kill(town.master());
        town.replaceDead();
        write();
        oneClusterHasAll(1);
        town.change("add_nodes", Map.of("slaves", 1));
        write();
        String master = town.master().node().node();
        town.kill(town.master());
        town.replaceDead();
        assertNotEquals(master, town.master().node().node());
        write();
        oneClusterHasAll(2);
    }
}
