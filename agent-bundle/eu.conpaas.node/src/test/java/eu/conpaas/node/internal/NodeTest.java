package eu.conpaas.node.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Placement;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.JsonRpc;
import eu.conpaas.service.plan.TopologySteps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    Path folder;
    private DirectorForTests director;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();
    private int agentPort;

    @BeforeEach
    void open() throws IOException {
        director = new DirectorForTests(folder.resolve("ca"));
        agentPort = freePort();
        director.expect("m", NodeKind.MANAGER, "127.0.0.1", freePort());
        director.expect("a", NodeKind.AGENT, "127.0.0.1", agentPort);
    }

    @AfterEach
    void close() throws InterruptedException {
        director.end = true;
        if (director.enrolled.containsKey("a")) {
            until("engines ended", () -> pid() == 0);
        }
        for (String node : List.copyOf(nodes.keySet())) {
            stop(node);
        }
        director.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain for: " + what);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void start(String id) throws IOException {
        Path own = folder.resolve(id);
        Files.createDirectories(own);
        Path bootstrap = own.resolve("bootstrap.json");
        Files.writeString(bootstrap, Json.write(new Bootstrap(director.url(), director.authority.fingerprint(), id, "token-" + id)));
        Node node = new Node(new NodeSettings(own, bootstrap, folder.resolve("product"), "127.0.0.1", null, "mark", true), type -> new DemoType());
        nodes.put(id, node);
        threads.put(id, Thread.ofPlatform().name("node " + id).start(() -> {
            try {
                node.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private void stop(String id) throws InterruptedException {
        nodes.remove(id).stop();
        threads.remove(id).join();
    }

    private void startService() throws IOException {
        start("a");
        until("the agent's heartbeat", () -> director.hearts.containsKey("a"));
        DesiredState before = DesiredState.initial(Map.of("demo", 1), null);
        DesiredState after = before.withGoal(Goal.RUNNING).withPlacement(List.of(new Placement("a", Set.of("demo"), "default")));
        List<PlanStep> steps = TopologySteps.between(DemoType.DESCRIPTOR, before, after, Set.of());
        NodeView view = new NodeView("a", DirectorForTests.SID, 1, NodeKind.AGENT, NodeState.READY, "default", "vm-a", "127.0.0.1", agentPort, Instant.EPOCH,
                null, null);
        ServiceView service = new ServiceView(DirectorForTests.SID, "s", "demo", ServiceState.PROLOGUE, Instant.EPOCH, "", 0, null, "default",
                DirectorForTests.UID, 1, null, null);
        director.assign(version -> {
            Map<String, Operation.Progress> progress = new HashMap<>();
            director.steps.forEach((id, state) -> progress.put(id, new Operation.Progress(state, null, null, null)));
            boolean done = director.steps.get("switch") == Operation.StepState.DONE;
            Operation op = new Operation("op", DirectorForTests.SID, 1, "start", Operation.State.RUNNING, new Plan("start", "", steps, 0, 0, 0, 0, List.of(), false),
                    progress, null, "me", Instant.EPOCH, null, false);
            return new Assignment(version, 1, service, done ? after : before, done ? null : after, done ? null : op, List.of(view), List.of(), List.of(), null,
                    null, List.of(), Map.of());
        });
        start("m");
        until("the operation", () -> director.steps.get("switch") == Operation.StepState.DONE);
    }

    /** Pid of the agent's daemon, 0 if it does not run. */
    private long pid() {
        try {
            long pid = Long.parseLong(Files.readString(folder.resolve("a/node/daemons/demo.pid")).strip());
            return ProcessHandle.of(pid).isPresent() ? pid : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private JsonRpc call(String node, Identity who) {
        KeyMaterial keys = new KeyMaterial(director.authority.issue(who, Duration.ofDays(1), List.of()));
        HttpRpc http = HttpRpc.builder().keys(keys).trust(Trust.ca(director.authority.certificate(), Peers.anybody()))
                .base("https://127.0.0.1:" + director.hearts.get(node).port()).build();
        return new JsonRpc(http);
    }

    @Test
    void managerAndAgentStartAService() throws IOException {
        startService();
        assertTrue(pid() > 0);
        until("observed", () -> director.observed != null && director.observed.healthy());
        JsonRpc user = call("m", Identity.user(DirectorForTests.UID, "joe", null));
        assertEquals("vm-a", user.get("list_nodes", Map.of()).path("demo").path(0).asText());
        assertTrue(user.get("get_node_info", Map.of("serviceNodeId", "vm-a")).path("serviceNode").path("isRunningDemo").asBoolean());
        assertEquals("from a", user.get("ask", Map.of()).path("answer").asText());
        assertTrue(call("a", Identity.director("d", null)).get("logs", Map.of()).path("logs").toString().contains("demo"));
    }

    @Test
    void strangersAreRefused() throws IOException {
        startService();
        JsonRpc stranger = call("m", Identity.user(77, "eve", null));
        assertEquals(ErrorCode.FORBIDDEN, assertThrows(ApiException.class, () -> stranger.get("list_nodes", Map.of())).error().code());
        JsonRpc otherManager = call("a", Identity.manager(DirectorForTests.UID, 8, "x"));
        assertEquals(ErrorCode.FORBIDDEN, assertThrows(ApiException.class, () -> otherManager.get("check_agent_process", Map.of())).error().code());
        JsonRpc fellow = call("a", Identity.agent(DirectorForTests.UID, DirectorForTests.SID, "x"));
        assertEquals(ErrorCode.FORBIDDEN, assertThrows(ApiException.class,
                () -> fellow.post("release", Map.of("epoch", 99, "role", "demo"))).error().code());
    }

    @Test
    void aRestartedAgentFindsEverythingAndDoesNotEnrolAgain() throws Exception {
        startService();
        long pid = pid();
        String boot = director.hearts.get("a").boot();
        stop("a");
        assertEquals(pid, pid());
        start("a");
        until("another boot", () -> !director.hearts.get("a").boot().equals(boot) && director.hearts.get("a").ok());
        assertEquals(pid, pid());
        assertEquals(1, director.enrolled.get("a"));
    }

    @Test
    void certificatesAreRenewedAndUsedAtOnce() throws Exception {
        startService();
        director.renew = true;
        until("renewal", () -> !director.renewed.isEmpty());
        Instant before = Instant.now();
        director.hearts.clear();
        until("heartbeats go on", () -> director.hearts.size() == 2);
        assertTrue(Instant.now().isBefore(before.plusSeconds(20)));
    }
}
