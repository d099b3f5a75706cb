package eu.conpaas.service.helloworld.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.helloworld.HelloWorldType;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.PlanFacts;
import eu.conpaas.service.plan.Planned;
import eu.conpaas.service.plan.Planner;
import eu.conpaas.service.plan.ServicePlanner;
import eu.conpaas.service.runtime.Environment;
import eu.conpaas.service.runtime.NodeFolders;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloWorldTest {
    @TempDir
    Path folder;

    @Test
    void startNeedsOneNode() {
        ServicePlanner planner = new HelloWorldType().planner();
        ChangeRequest request = new ChangeRequest("startup", Map.of(), ServiceState.INIT, List.of());
        Planned planned = Planner.plan(planner, planner.initial(), planner.change(request, planner.initial()), PlanFacts.on("default"));
        assertEquals(1, planned.plan().creditsNow());
        assertEquals(List.of("create-node", "configure", "check", "switch"), planned.plan().steps().stream().map(PlanStep::kind).toList());
    }

    @Test
    void saysWhatItIsConfiguredWith() throws Exception {
        NodeFolders folders = new NodeFolders(folder);
        EngineUser user = "root".equals(System.getProperty("user.name")) ? new EngineUser(65534) : EngineUser.SELF;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        folders.make(user);
        try (LocalSupervisor supervisor = new LocalSupervisor(folders.daemons(), folders.logs(), user, Map.of())) {
            NodeContext node = new NodeContext("n1", NodeKind.AGENT, "helloworld", 1, 1, 1, 0, "", "127.0.0.1", 0, null, 10, 3);
            HelloWorldAgent agent = new HelloWorldAgent(new Environment(node, folders, user, supervisor, null), freePort());
            try {
                supervisor.apply(HelloWorldManager.ROLE, agent.apply(HelloWorldManager.ROLE, Map.of("string", "Good morning")));
                long pid = supervisor.pid("hello").orElseThrow();
                assertEquals(Map.of("string", "Good morning"), agent.call("hello", Map.of()));
                supervisor.apply(HelloWorldManager.ROLE, agent.apply(HelloWorldManager.ROLE, Map.of("string", "Good night")));
                assertEquals(Map.of("string", "Good night"), agent.call("hello", Map.of()));
                assertEquals(pid, supervisor.pid("hello").orElseThrow());
                assertTrue(agent.sample().get("requests") >= 2);
            } finally {
                supervisor.stop(HelloWorldManager.ROLE);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
