package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.Event;
import eu.conpaas.api.NodeCost;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StateChange;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.io.Table;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.client.Endpoints;
import eu.conpaas.client.Endpoints.Placed;
import eu.conpaas.rpc.Json;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Commands about nodes, operations and events. */
final class OperationVerbs {
    private static final int DIGITS = 3;
    private static final String ID = "Operation id.";

    private OperationVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                Verb.of("operations", "List changes under way and past, of all services or of one.", OperationVerbs::list).optional("sid", ServiceVerbs.SID),
                Verb.of("operation", "Show a change with its steps; with --wait follow it to its end.", OperationVerbs::show).arg("id", ID),
                Verb.of("cancel", "Cancel a change: it is undone, unless it is too late for that.", OperationVerbs::cancel).arg("id", ID),
                Verb.of("events", "Follow what happens, until interrupted.", OperationVerbs::events),
                Verb.of("nodes", "List the nodes in use, of all services or of one.", OperationVerbs::nodes).optional("sid", ServiceVerbs.SID),
                Verb.of("resources", "List the nodes of all users, with what they cost (administrators).", OperationVerbs::resources),
                Verb.of("metrics", "Show what is measured of a service and its nodes.", OperationVerbs::metrics).arg("sid", ServiceVerbs.SID));
    }

    private static int list(Call call) {
        Session session = call.cli().session();
        List<Operation> operations = session.director().operations()
                .list(call.arg("sid") == null ? 0 : session.service(call.arg("sid")).sid(), false);
        return Outcome.table(call, operations, List.of("id", "sid", "kind", "state", "by", "created", "finished"),
                operations.stream().map(o -> Outcome.row("id", o.id(), "sid", o.sid(), "kind", o.kind(), "state", o.state(), "by", o.by(),
                        "created", o.created(), "finished", o.finished())).toList(), "No operations");
    }

    private static int show(Call call) {
        Session session = call.cli().session();
        Operation operation = call.options().has("wait") ? Changes.await(call, call.arg("id")) : session.director().operations().get(call.arg("id"));
        if (call.options().json()) {
            return Outcome.json(call, operation);
        }
        call.print("id: " + operation.id());
        call.print(operation.sid() == 0 ? "application: " + operation.aid() : "service: " + operation.sid());
        call.print("kind: " + operation.kind());
        call.print("by: " + operation.by());
        call.print("created: " + operation.created());
        if (operation.finished() != null) {
            call.print("finished: " + operation.finished());
        }
        int number = 1;
        for (PlanStep step : operation.plan().steps()) {
            Operation.Progress progress = operation.steps().get(step.id());
            call.print(String.format("%4d. %-8s %s%s", number++, (progress == null ? "PENDING" : progress.state().name()).toLowerCase(Locale.ROOT),
                    step.title(), progress == null || progress.detail() == null ? "" : " (" + progress.detail() + ")"));
        }
        if (operation.error() != null) {
            call.print("error: " + operation.error().words());
            call.print("next: " + operation.error().next());
        }
        call.print("state: " + operation.state() + (operation.cancelling() ? " (cancelling)" : ""));
        return Exit.OK;
    }

    private static int cancel(Call call) {
        Operation operation = call.cli().session().director().operations().cancel(call.arg("id"));
        return Outcome.message(call, "Operation " + call.arg("id") + " is being cancelled.", operation);
    }

    private static int events(Call call) {
        Session session = call.cli().session();
        try {
            session.director().events(0, 0, null, event -> {
                call.print(call.options().json() ? Json.write(event) : text(event));
                if (call.terminal().out().checkError()) {
                    session.cancellation().cancel();
                }
            }, session.cancellation());
        } catch (CancellationException e) {
            return Exit.OK;
        }
        return Exit.OK;
    }

    private static String text(Event event) {
        return event.time() + " " + event.kind() + (event.aid() == 0 ? "" : " aid=" + event.aid()) + (event.sid() == 0 ? "" : " sid=" + event.sid())
                + (event.data() == null || event.data().isEmpty() ? "" : " " + Json.write(event.data()));
    }

    private static int nodes(Call call) {
        Session session = call.cli().session();
        Long sid = call.arg("sid") == null ? null : session.service(call.arg("sid")).sid();
        List<NodeView> nodes = session.director().nodes().stream().filter(n -> sid == null || n.sid() == sid).toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        nodes.forEach(n -> rows.add(Outcome.row("id", n.id(), "sid", n.sid(), "kind", n.kind().name().toLowerCase(Locale.ROOT), "state", n.state(),
                "cloud", n.cloud(), "vmid", n.vmid(), "address", n.address(), "created", n.created())));
        return Outcome.table(call, nodes, List.of("id", "sid", "kind", "state", "cloud", "vmid", "address", "created"), rows, "No nodes");
    }

    private static int resources(Call call) {
        List<NodeCost> nodes = call.cli().session().director().users().nodes();
        return Outcome.table(call, nodes, List.of("id", "username", "application", "service", "type", "kind", "state", "cloud", "address", "per_hour", "spent", "created"),
                nodes.stream().map(n -> Outcome.row("id", n.node().id(), "username", n.username(), "application", n.application(), "service", n.service(), "type", n.type(),
                        "kind", n.node().kind().name().toLowerCase(Locale.ROOT), "state", n.node().state(), "cloud", n.node().cloud(), "address", n.node().address(),
                        "per_hour", n.perHour(), "spent", n.spent(), "created", n.node().created())).toList(), "No nodes");
    }

    /** Nodes of a service by role, as they are placed. */
    static Verb listNodes() {
        return Verb.of("list_nodes", "List the nodes of a service with their roles.", call -> {
            ServiceView service = call.cli().session().service(call.arg("sid"));
            ServiceDetail detail = call.cli().session().director().services().get(service.sid());
            List<Placed> nodes = Endpoints.nodes(detail.desired(), detail.nodes());
            return Outcome.table(call, nodes, List.of("id", "ip", "roles"),
                    nodes.stream().map(n -> Outcome.row("id", n.id(), "ip", n.ip(), "roles", String.join(",", n.roles()))).toList(), "No nodes");
        }).arg("sid", ServiceVerbs.SID);
    }

    /** The states a service has been in. */
    static Verb history() {
        return Verb.of("get_history", "List the states a service has been in.", call -> {
            Session session = call.cli().session();
            List<StateChange> history = session.director().services().history(session.service(call.arg("sid")).sid());
            return Outcome.table(call, history, List.of("time", "state", "reason"),
                    history.stream().map(c -> Outcome.row("time", c.time(), "state", c.state(), "reason", c.reason())).toList(), "No history");
        }).arg("sid", ServiceVerbs.SID);
    }

    private static int metrics(Call call) {
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        JsonNode figures = session.ask(service, "get_service_performance", Map.of());
        if (call.options().json()) {
            return Outcome.json(call, figures);
        }
        Map<String, String> units = new HashMap<>();
        session.descriptor(service.type()).metrics().forEach(m -> units.put(m.id(), m.unit()));
        List<Map<String, Object>> rows = new ArrayList<>();
        figures.properties().forEach(f -> rows.add(Outcome.row("metric", f.getKey(), "value", rounded(f.getValue()), "unit",
                units.getOrDefault(f.getKey(), ""))));
        call.terminal().out().print(Table.of(List.of("metric", "value", "unit"), rows));
        return Exit.OK;
    }

    private static String rounded(JsonNode value) {
        return value.isNumber() ? value.decimalValue().setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() : value.asText();
    }
}
