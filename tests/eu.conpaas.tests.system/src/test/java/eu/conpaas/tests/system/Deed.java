package eu.conpaas.tests.system;

import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.client.Services;
import java.util.Map;

/** A change during which something dies: how to get to where it begins, what is asked, what must be so in the end. */
enum Deed {
    CREATE("helloworld", ServiceState.INIT, 0, 0), START("helloworld", ServiceState.RUNNING, 1, 1), SCALE_UP("helloworld", ServiceState.RUNNING, 1, 2),
    SCALE_DOWN("helloworld", ServiceState.RUNNING, 2, 1), ACTIVATE("php", ServiceState.RUNNING, 1, 1), STOP("helloworld", ServiceState.STOPPED, 1, 0),
    TERMINATE("helloworld", null, 0, 0), CANCELLED("helloworld", ServiceState.RUNNING, 1, 1),
    CLONE("mysql", ServiceState.RUNNING, 1, 2), PROMOTE("mysql", ServiceState.RUNNING, 2, 2);

    final String type;
    /** State of the service in the end; null if it is gone. */
    final ServiceState end;
    private final int agentsBefore;
    final int agentsAfter;

    Deed(String type, ServiceState end, int agentsBefore, int agentsAfter) {
        this.type = type;
        this.end = end;
        this.agentsBefore = agentsBefore;
        this.agentsAfter = agentsAfter;
    }

    /** Makes the service be where the deed begins. @return its id, 0 if the deed makes it */
    long prepare(Platform platform) throws Exception {
        if (this == CREATE) {
            return 0;
        }
        if (this == ACTIVATE) {
            return Site.deploy(platform).sid();
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

    /** The words of the command line, without waiting; null for what is asked through {@link #ask}. */
    String[] words(Platform platform, long sid) {
        String id = Long.toString(sid);
        return switch (this) {
            case CREATE, SCALE_UP, SCALE_DOWN, CANCELLED, CLONE, PROMOTE -> null;
            case START -> new String[] {"start", id, "--no-wait"};
            case ACTIVATE -> new String[] {"enable_code", id, second(platform, id), "--no-wait"};
            case STOP -> new String[] {"stop", id, "--no-wait"};
            case TERMINATE -> new String[] {"terminate", id, "--yes", "--no-wait"};
        };
    }

    /** Asks for what would be more if it were done twice; the same request is done once. @return the operation */
    Operation ask(Platform platform, long sid, String request) {
        Services services = platform.client().services();
        return switch (this) {
            case CREATE -> services.create(platform.client().applications().getFirst().aid(), type, null, null, request).operation();
            case SCALE_UP, CANCELLED -> services.change(sid, "add_nodes", Map.of("count", 1), true, request).operation();
            case SCALE_DOWN -> services.change(sid, "remove_nodes", Map.of("count", 1), true, request).operation();
            case CLONE -> services.change(sid, "add_nodes", Map.of("slaves", 1), true, request).operation();
            case PROMOTE -> services.change(sid, "promote", Map.of("slave", Database.of(platform, sid).members().getLast()), true, request).operation();
            default -> throw new IllegalStateException(this + " is asked for by words");
        };
    }

    private static String second(Platform platform, String id) {
        return platform.cli().run("list_uploads", id).ok().lines().filter(l -> l.contains("app2")).map(l -> l.replaceAll(".*(code-\\w+).*", "$1"))
                .findFirst().orElseThrow();
    }
}
