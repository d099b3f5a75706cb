package eu.conpaas.tests.system;

import eu.conpaas.api.ServiceState;

/** A change during which something dies: how to get to where it begins, what is asked, what must be so in the end. */
enum Deed {
    CREATE("helloworld", ServiceState.INIT, 0, 0), START("helloworld", ServiceState.RUNNING, 1, 1), SCALE_UP("helloworld", ServiceState.RUNNING, 1, 2),
    SCALE_DOWN("helloworld", ServiceState.RUNNING, 2, 1), ACTIVATE("php", ServiceState.RUNNING, 1, 1), STOP("helloworld", ServiceState.STOPPED, 1, 0),
    TERMINATE("helloworld", null, 0, 0);

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
        if (this == STOP || this == SCALE_UP || this == SCALE_DOWN) {
            platform.change("start", id);
        }
        if (agentsBefore == 2) {
            platform.change("add_nodes", id, "1");
        }
        return sid;
    }

    /** The words of the command line, without waiting. */
    String[] words(Platform platform, long sid) {
        String id = Long.toString(sid);
        return switch (this) {
            case CREATE -> new String[] {"create", type, "--no-wait"};
            case START -> new String[] {"start", id, "--no-wait"};
            case SCALE_UP -> new String[] {"add_nodes", id, "1", "--no-wait"};
            case SCALE_DOWN -> new String[] {"remove_nodes", id, "1", "--no-wait"};
            case ACTIVATE -> new String[] {"enable_code", id, second(platform, id), "--no-wait"};
            case STOP -> new String[] {"stop", id, "--no-wait"};
            case TERMINATE -> new String[] {"terminate", id, "--yes", "--no-wait"};
        };
    }

    private static String second(Platform platform, String id) {
        return platform.cli().run("list_uploads", id).ok().lines().filter(l -> l.contains("app2")).map(l -> l.replaceAll(".*(code-\\w+).*", "$1"))
                .findFirst().orElseThrow();
    }
}
