package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.api.NodeView;
import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.RequestFailed;
import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.load.Shape;
import eu.conpaas.tests.load.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Changes of a web hosting service under constant load, the same for every type of it. Requests are sent at fixed rates, at no more than half of what one
 * node can do, on connections kept open and on fresh ones, to pages that take 5 ms and pages that compute for 5 s and end in a marker. Planned changes
 * and deaths of what steers may not cost one request; the death of what serves may cost those under way on it.
 */
@ExtendWith(Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ZeroFailProgram {
    private static final BodyCheck WHOLE = BodyCheck.oneVersion(3, SampleApp.END);
    private static final double SLOW = 0.2;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    /** Pages of 5 s that can be under way on one backend, and one more for the edges. */
    private static final int UNDER_WAY = (int) Math.ceil(2 * SLOW * 5) + 1;

    private final Hosting hosting;
    private Platform platform;
    private Site site;
    private UnderLoad load;

    /**
     * What differs between types.
     *
     * @param ending   of the addresses of pages
     * @param engine   what only the command line of the program that answers on a backend contains
     * @param verb     that changes a setting
     * @param setting  a setting that starts that program anew
     * @param value    that is not its default
     * @param backends how many there are in the end
     */
    record Hosting(String ending, String engine, String verb, String setting, String value, int backends) {
        String page(String name) {
            return "/" + name + ending;
        }
    }

    ZeroFailProgram(Hosting hosting) {
        this.hosting = hosting;
    }

    /** The site, version 1 active on one node. */
    abstract Site site() throws Exception;

    /** Whether a part of the program is to be run. */
    abstract boolean isAsked(String part);

    /** What must hold after each change, besides that no request fails. */
    void always() {
        // nothing more, unless a type says so
    }

    /** Ends what {@link #site} has made, if it has made anything. */
    void leave() {
        // nothing, unless a type says so
    }

    @BeforeAll
    void send() throws Exception {
        site = site();
        platform = site.platform();
        double capacity = Capacity.of(site.address(), hosting.page("fast"), 4, Duration.ofSeconds(3));
        double rate = Math.min(60, capacity * 0.4);
        System.out.printf(Locale.ROOT, "%s: one node answers %.0f fast pages a second; sent are %.0f fast and %.1f slow ones%n", site.type(), capacity, rate, 2 * SLOW);
        String fast = hosting.page("fast");
        String slow = hosting.page("slow");
        load = new UnderLoad(site, List.of(Shape.get("fast, kept open", fast, rate * 0.5, true, WHOLE), Shape.get("fast, fresh", fast, rate * 0.3, false, WHOLE),
                Shape.get("file, kept open", "/static.txt", rate * 0.1, true, BodyCheck.endsWith("static text")),
                Shape.post("post, kept open", hosting.page("upload"), new byte[20_000], rate * 0.1, true, BodyCheck.endsWith(SampleApp.END)),
                Shape.get("slow, kept open", slow, SLOW, true, WHOLE), Shape.get("slow, fresh", slow, SLOW, false, WHOLE)));
    }

    @AfterAll
    void finish() {
        load.close();
        leave();
    }

    private void transition(String name, int allowed, Runnable change) {
        load.transition(site.type() + ", " + name, allowed, change);
        always();
    }

    private void part(String name) {
        assumeTrue(isAsked(name), "this part is not in today's sample");
    }

    @Test
    @Order(1)
    void toManyBackends() {
        transition("to " + hosting.backends + " backends", 0, () -> site.change("add_nodes", Integer.toString(hosting.backends), "0", "0"));
    }

    @Test
    @Order(2)
    void activation() {
        transition("activating version 2", 0, () -> site.change("enable_code", site.second()));
    }

    @Test
    @Order(3)
    void rollBack() {
        part("roll-back");
        transition("rolling back", 0, () -> site.change("rollback"));
    }

    @Test
    @Order(4)
    void settings() {
        part("settings");
        transition("settings change", 0, () -> site.change(hosting.verb, hosting.setting, hosting.value));
        transition("settings back", 0, () -> site.change(hosting.verb, hosting.setting));
    }

    @Test
    @Order(5)
    void webRoleOffTheProxyAndBack() {
        part("web");
        transition("web role to a node of its own", 0, () -> site.change("add_nodes", "0", "1", "0"));
        transition("web role back", 0, () -> site.change("remove_nodes", "0", "1", "0"));
    }

    @Test
    @Order(5)
    void aProxyLeavesWhenItsClientsAreServed() {
        part("proxy");
        transition("second proxy", 0, () -> site.change("add_nodes", "0", "0", "1"));
        String id = platform.client().services().get(site.sid()).desired().nodesWith("proxy").get(1);
        String host = platform.nodes(site.sid()).stream().filter(n -> n.id().equals(id)).map(NodeView::address).findFirst().orElseThrow();
        InetSocketAddress door = new InetSocketAddress(host, site.port());
        transition("second proxy leaves", 0, () -> {
            try (Wire client = Wire.open(door, host, WITHIN); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertEquals(200, client.exchange("GET", hosting.page("fast"), Map.of(), new byte[0], true, WITHIN).status());
                Future<String> change = threads.submit(() -> site.change("remove_nodes", "0", "0", "1"));
                Wait.until("the proxy takes no new clients", 60, () -> isClosed(door));
                assertEquals(200, client.exchange("GET", hosting.page("fast"), Map.of(), new byte[0], false, WITHIN).status());
                client.close();
                change.get(3, TimeUnit.MINUTES);
            } catch (RequestFailed | InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        });
        platform.settled();
    }

    private static boolean isClosed(InetSocketAddress door) throws IOException {
        try (Socket probe = new Socket()) {
            probe.connect(door, 1000);
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    @Test
    @Order(6)
    void deathOfTheManager() {
        part("manager");
        transition("kill -9 of the manager", 0, () -> {
            Node manager = platform.manager(site.sid());
            long pid = manager.jvm();
            Processes.kill(pid);
            Wait.until("another manager process", 60, () -> manager.jvm() != pid);
            site.change("set_environment", "AFTER", "manager"); // which proves that it works again
        });
    }

    @Test
    @Order(7)
    void deathOfTheDirector() {
        part("director");
        transition("kill -9 of the director", 0, () -> {
            platform.director().kill();
            load.hold(3);
            platform.director().start(Map.of());
            site.change("set_environment", "AFTER", "director");
        });
    }

    @Test
    @Order(8)
    void deathOfAnEngine() {
        part("engine");
        transition("kill -9 of an engine", UNDER_WAY, () -> {
            Node node = backend();
            node.engines(hosting.engine).forEach(Processes::kill);
            Wait.until("it runs again", 60, () -> !node.engines(hosting.engine).isEmpty());
        });
    }

    @Test
    @Order(9)
    void deathOfAnAgent() {
        part("agent");
        transition("kill -9 of an agent", 0, () -> {
            Node node = backend();
            long pid = node.jvm();
            Processes.kill(pid);
            Wait.until("another agent process", 60, () -> node.jvm() != pid);
        });
    }

    @Test
    @Order(10)
    void deathOfANode() {
        part("node");
        transition("kill -9 of a node", UNDER_WAY, () -> {
            List<String> before = backends();
            backend().kill();
            Wait.until("it is replaced without anyone asking", 180, () -> {
                List<String> now = backends();
                return now.size() == before.size() && !now.equals(before) && platform.books().open().isEmpty();
            });
        });
        platform.settled();
    }

    @Test
    @Order(11)
    void backToOneNode() {
        transition("back to one node", 0, () -> site.change("remove_nodes", Integer.toString(hosting.backends), "0", "0"));
        platform.settled();
        assertEquals(2, platform.nodes(site.sid()).size(), "the manager and one agent are left");
    }

    private List<String> backends() {
        return platform.nodes(site.sid()).stream().map(NodeView::id).sorted().toList();
    }

    /** A node that is backend and nothing else. */
    private Node backend() {
        return platform.agents(site.sid()).stream().filter(n -> n.engines("haproxy.cfg").isEmpty() && !n.engines(hosting.engine).isEmpty()).findFirst()
                .orElseThrow(() -> new AssertionError("no backend with a node of its own"));
    }
}
