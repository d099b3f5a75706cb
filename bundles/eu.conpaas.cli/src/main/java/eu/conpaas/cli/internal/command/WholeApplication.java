package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.remote.Session;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Starting and stopping all services of an application. */
final class WholeApplication {
    private WholeApplication() {
    }

    static int start(Call call) {
        String cloud = call.opt("cloud") == null ? "default" : call.opt("cloud");
        return all(call, EnumSet.of(ServiceState.INIT, ServiceState.STOPPED), "startup", Map.of("cloud", cloud));
    }

    static int stop(Call call) {
        return all(call, EnumSet.of(ServiceState.RUNNING, ServiceState.ERROR), "shutdown", Map.of());
    }

    static int logs(Call call) {
        Session session = call.cli().session();
        for (ServiceView service : session.director().services().list(session.application(call.arg("application")).aid())) {
            call.print("== service " + service.sid() + " (" + service.type() + ")");
            try {
                call.terminal().out().print(session.ask(service, "getLog", Map.of()).path("log").asText());
            } catch (ApiException e) {
                call.terminal().err().println("Service " + service.sid() + " has no log now: " + e.error().cause());
            }
        }
        return Exit.OK;
    }

    private static int all(Call call, Set<ServiceState> from, String method, Map<String, Object> params) {
        Session session = call.cli().session();
        List<ServiceView> services = session.director().services().list(session.application(call.arg("application")).aid()).stream()
                .filter(s -> from.contains(s.state())).toList();
        List<Map<String, Object>> results = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        for (ServiceView service : services) {
            Changes.Request request = Changes.of(session, service, method, params);
            if (call.options().plan()) {
                Changes.plan(call, request);
                continue;
            }
            Accepted accepted = Changes.accepted(call, request);
            results.add(Changes.json(service, accepted.operation()));
            if (accepted.operation() != null) {
                operations.add(accepted.operation().id());
            }
            if (!call.options().json()) {
                call.print("Service " + service.sid() + " (" + service.name() + "): " + method);
            }
        }
        if (call.waits()) {
            operations.forEach(id -> Changes.await(call, id));
        }
        if (call.options().json() && !call.options().plan()) {
            return Outcome.json(call, results);
        }
        if (services.isEmpty()) {
            call.print("No service of the application is " + from.stream().map(Enum::name).collect(Collectors.joining(" or ")) + ".");
        }
        return Exit.OK;
    }
}
