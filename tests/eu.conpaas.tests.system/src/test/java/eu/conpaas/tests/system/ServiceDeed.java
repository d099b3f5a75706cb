package eu.conpaas.tests.system;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.client.Services;
import java.util.Map;
import java.util.Optional;

/** Changes of one service. */
enum ServiceDeed implements Deed {
    CREATE("helloworld", ServiceState.INIT, 0, 0), START("helloworld", ServiceState.RUNNING, 1, 1), SCALE_UP("helloworld", ServiceState.RUNNING, 1, 2),
    SCALE_DOWN("helloworld", ServiceState.RUNNING, 2, 1), ACTIVATE("php", ServiceState.RUNNING, 1, 1), STOP("helloworld", ServiceState.STOPPED, 1, 0),
    TERMINATE("helloworld", null, 0, 0), CANCELLED("helloworld", ServiceState.RUNNING, 1, 1),
    CLONE("mysql", ServiceState.RUNNING, 1, 2), PROMOTE("mysql", ServiceState.RUNNING, 2, 2),
    JAVA_ACTIVATE("java", ServiceState.RUNNING, 1, 1), JAVA_SETTINGS("java", ServiceState.RUNNING, 1, 1), JAVA_SCALE("java", ServiceState.RUNNING, 1, 3);

    private static final String HEAP = "192M";
    final String type;
    /** State of the service in the end; null if it is gone. */
    private final ServiceState end;
    private final int agentsBefore;
    private final int agentsAfter;

    ServiceDeed(String type, ServiceState end, int agentsBefore, int agentsAfter) {
        this.type = type;
        this.end = end;
        this.agentsBefore = agentsBefore;
        this.agentsAfter = agentsAfter;
    }

    @Override
    public long prepare(Platform platform) throws Exception {
        if (this == CREATE) {
            return 0;
        }
        if (this == ACTIVATE) {
            return Site.deploy(platform).sid();
        }
        if (type.equals("java")) {
            return JavaApp.deploy(platform).sid();
        }
        long sid = platform.create(type);
        String id = Long.toString(sid);
        if (this != START && this != TERMINATE) {
            platform.change("start", id);
        }
        if (agentsBefore == 2) {
            platform.change("add_nodes", id, "1");
        }
        return sid;
    }

    /** What would be more if it were done twice is asked for with the request's id; everything else in words. */
    @Override
    public void ask(Platform platform, long sid, String request) {
        String id = Long.toString(sid);
        Cli cli = platform.cli();
        switch (this) {
            case START -> cli.run("start", id, "--no-wait").ok();
            case ACTIVATE, JAVA_ACTIVATE -> cli.run("enable_code", id, second(platform, id), "--no-wait").ok();
            case JAVA_SETTINGS -> cli.run("java", "set_java_config", id, "heap_size", HEAP, "--no-wait").ok();
            case STOP -> cli.run("stop", id, "--no-wait").ok();
            case TERMINATE -> cli.run("terminate", id, "--yes", "--no-wait").ok();
            default -> {
                Operation operation = begin(platform, sid, request);
                if (this == CANCELLED && !operation.state().isFinal()) {
                    platform.client().operations().cancel(operation.id());
                }
            }
        }
    }

    private Operation begin(Platform platform, long sid, String request) {
        Services services = platform.client().services();
        return switch (this) {
            case CREATE -> services.create(platform.client().applications().getFirst().aid(), type, null, null, request).operation();
            case SCALE_UP, CANCELLED -> services.change(sid, "add_nodes", Map.of("count", 1), true, request).operation();
            case SCALE_DOWN -> services.change(sid, "remove_nodes", Map.of("count", 1), true, request).operation();
            case CLONE -> services.change(sid, "add_nodes", Map.of("slaves", 1), true, request).operation();
            case JAVA_SCALE -> services.change(sid, "add_nodes", Map.of("backend", 2), true, request).operation();
            case PROMOTE -> services.change(sid, "promote", Map.of("slave", Database.of(platform, sid).members().getLast()), true, request).operation();
            default -> throw new IllegalStateException(this + " is asked for by words");
        };
    }

    private static String second(Platform platform, String id) {
        return platform.cli().run("list_uploads", id).ok().lines().filter(l -> l.contains("app2")).map(l -> l.replaceAll(".*(code-\\w+).*", "$1"))
                .findFirst().orElseThrow();
    }

    @Override
    public boolean isDone(Platform platform, long sid) {
        Optional<ServiceView> service = platform.services().stream().filter(s -> s.sid() == sid).findFirst();
        if (end == null || service.isEmpty()) {
            return service.isEmpty() == (end == null);
        }
        return service.get().state() == end && platform.nodes(sid).stream().filter(n -> n.kind() == NodeKind.AGENT).count() == agentsAfter && inForce(platform, sid);
    }

    private boolean inForce(Platform platform, long sid) {
        String id = Long.toString(sid);
        return switch (this) {
            case ACTIVATE, JAVA_ACTIVATE -> platform.cli().run("list_uploads", id).ok().lines().anyMatch(l -> l.contains("*") && l.contains("app2"))
                    && serves(platform, sid, "2");
            case JAVA_SETTINGS -> platform.cli().run("java", "get_java_config", id).ok().contains(HEAP) && serves(platform, sid, "1");
            case JAVA_SCALE -> serves(platform, sid, "1");
            default -> true;
        };
    }

    private boolean serves(Platform platform, long sid, String version) {
        Site site = new Site(platform, type, sid, null, null, 0).shown();
        return site.text("/").contains("version=" + version);
    }
}
