package eu.conpaas.service.mysql.internal.manager;

import static eu.conpaas.service.mysql.internal.manager.Servers.kill;
import static eu.conpaas.service.mysql.internal.manager.Servers.rows;
import static eu.conpaas.service.mysql.internal.manager.Servers.sql;
import static eu.conpaas.service.mysql.internal.manager.Servers.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service with real servers on loopback addresses: scaled, hurt, stopped and started, with its rows counted after each. */
class TopologyTest {
    @TempDir
    Path folder;
    private Town town;

    @BeforeEach
    void make() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        town = new Town(folder);
        town.change("startup", Map.of());
        sql(town.master()).run("CREATE DATABASE test", "CREATE TABLE test.t (n INT PRIMARY KEY AUTO_INCREMENT, w VARCHAR(20)) ENGINE=InnoDB");
        write(10);
    }

    @AfterEach
    void end() throws Exception {
        town.close();
    }

    private void write(int rows) throws IOException {
        for (int i = 0; i < rows; i++) {
            sql(town.master()).run("INSERT INTO test.t (w) VALUES ('row')");
        }
    }

    private void everybodyHas(int rows) throws Exception {
        assertEquals(rows, rows(town.master()));
        for (DatabaseNode slave : town.slaves()) {
            until(slave.node().node() + " has " + rows + " rows", () -> rows(slave) == rows);
        }
    }

    @Test
    void dataSurviveStopAndStart() throws Exception {
        town.change("add_nodes", Map.of("slaves", 1));
        write(5);
        town.change("shutdown", Map.of());
        town.change("startup", Map.of());
        write(1);
        everybodyHas(16);
        town.change("remove_nodes", Map.of("slaves", 1));
        town.change("shutdown", Map.of());
        town.change("startup", Map.of());
        everybodyHas(16);
    }

    @Test
    void whenTheServerDiesAReplicaTakesOverAndTheOldMasterFollows() throws Exception {
        town.change("add_nodes", Map.of("slaves", 2));
        for (int round = 1; round <= 3; round++) {
            DatabaseNode old = town.master();
            write(1);
            kill(old);
            assertTrue(town.converge());
            assertNotEquals(old.node().node(), town.master().node().node());
            write(1);
            int expected = 10 + 2 * round;
            until("the old master is a replica again", () -> {
                assertFalse(town.converge(), "a second one took over");
                return sql(old).answers() && rows(old) == expected;
            });
            everybodyHas(expected);
            assertEquals("1", sql(old).value("SELECT @@global.read_only"));
        }
    }

    @Test
    void whenTheMastersNodeDiesAReplicaTakesOverAndAnotherIsMade() throws Exception {
        town.change("add_nodes", Map.of("slaves", 1));
        write(5);
        town.kill(town.master());
        town.replaceDead();
        write(1);
        assertEquals(1, town.slaves().size());
        everybodyHas(16);
    }

    @Test
    void aMasterAloneKeepsItsDataWhenItDiesAndWhenItsNodeDies() throws Exception {
        kill(town.master());
        until("it leads again", () -> {
            assertFalse(town.converge());
            return true;
        });
        write(1);
        town.kill(town.master());
        town.replaceDead();
        write(1);
        everybodyHas(12);
    }

    private static String asked(String address, int port, String what) throws IOException {
        return Servers.asked(address, port, "reader", "some words", "SELECT " + what);
    }

    @Test
    void oneAddressLeadsToTheMasterAndOneToReplicas() throws Exception {
        sql(town.master()).run("CREATE USER reader@'%' IDENTIFIED BY 'some words'");
        assertEquals("0", asked(town.address(), Names.PORT, "@@global.read_only"));
        assertEquals("0", asked(town.reads(), Names.PORT, "@@global.read_only"), "without replicas the master answers");
        town.change("add_nodes", Map.of("slaves", 1));
        String replica = town.slaves().getFirst().node().address();
        for (String address : List.of(town.reads() + " 3306", town.address() + " 3307", replica + " 3307", town.master().node().address() + " 3307")) {
            String[] at = address.split(" ");
            until("reads at " + address + " go to the replica", () -> asked(at[0], Integer.parseInt(at[1]), "@@global.read_only").equals("1"));
        }
        String before = asked(town.address(), Names.PORT, "@@global.server_id");
        kill(town.master());
        assertTrue(town.converge());
        until("another answers at the address", () -> asked(town.address(), Names.PORT, "@@global.read_only").equals("0"));
        assertNotEquals(before, asked(town.address(), Names.PORT, "@@global.server_id"));
        until("the old master answers reads", () -> {
            town.converge();
            return asked(town.reads(), Names.PORT, "@@global.server_id").equals(before);
        });
        town.change("remove_nodes", Map.of("slaves", 1));
        until("the master answers reads again", () -> asked(town.reads(), Names.PORT, "@@global.read_only").equals("0"));
    }

    @Test
    void masterAndReplicaChangePlacesOnRequest() throws Exception {
        town.change("add_nodes", Map.of("slaves", 1));
        DatabaseNode old = town.master();
        town.change("promote", Map.of("slave", town.slaves().getFirst().node().node()));
        assertNotEquals(old, town.master());
        write(1);
        everybodyHas(11);
    }
}
