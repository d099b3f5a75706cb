package eu.conpaas.service.mysql.internal.manager;

import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.service.mysql.internal.engine.DatabaseNode;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What tests do with servers. */
final class Servers {
    private Servers() {
    }

    static Sql sql(DatabaseNode node) throws IOException {
        return new MariaServer(new ServerPlace(node)).sql().within(Duration.ofSeconds(60));
    }

    static int rows(DatabaseNode node) throws IOException {
        return Integer.parseInt(sql(node).value("SELECT COUNT(*) FROM test.t"));
    }

    /** Ends the server's process without a word, and returns when it has gone. */
    static void kill(DatabaseNode node) {
        node.supervisor().pid(MariaServer.DAEMON).flatMap(ProcessHandle::of).ifPresent(p -> {
            p.destroyForcibly();
            p.onExit().join();
        });
    }

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds(condition)) {
            assertTrue(System.nanoTime() < deadline, "waited too long until " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    /** While a server comes up again, rounds of the manager may say that it does not yet. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (ApiException e) {
            return false;
        }
    }

    /** What the server behind a port of an address answers to a user, empty while none does. */
    static String asked(String address, int port, String user, String password, String statement) throws IOException {
        Process client = new ProcessBuilder(ServerPlace.program("mariadb"), "--no-defaults", "--host=" + address, "--port=" + port, "--user=" + user,
                "--password=" + password, "--batch", "--skip-column-names", "--execute=" + statement).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
