package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.remote.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Commands that show logs. */
final class LogVerbs {
    private static final int LAST_BYTES = 8 << 10;
    private static final int PIECE = 256 << 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private LogVerbs() {
    }

    static Verb logs() {
        return follow(Verb.of("logs", "Show the log of a service's manager.", LogVerbs::manager).arg("sid", ServiceVerbs.SID))
                .opt("--name", "LOG", "Another log of the manager's node.");
    }

    /** The log of one node. */
    static Verb agentLog() {
        return follow(Verb.of("get_agent_log", "Show a log of one node.", call -> part(call, call.arg("node"), call.opt("file")))
                .arg("sid", ServiceVerbs.SID).arg("node", "Node id, see 'list_nodes'.").opt("-f --file", "LOG", "Another log than that of the node's process."), "--follow");
    }

    /** Which logs there are. */
    static Verb agentLogs() {
        return Verb.of("list_agent_logs", "List the logs of a service's nodes, or of one node.", LogVerbs::names).arg("sid", ServiceVerbs.SID)
                .optional("node", "Node id, see 'list_nodes'.");
    }

    /** Lines with a text in them, of all nodes. */
    static Verb search() {
        return Verb.of("search_log", "Show lines of the logs of a service's nodes that have a text in them.", call -> {
            Session session = call.cli().session();
            List<LogMatch> found = session.director().services().searchLogs(session.service(call.arg("sid")).sid(), call.opt("node"), call.opt("file"), call.arg("text"), 0);
            return Outcome.table(call, found, List.of("node", "log", "line"),
                    found.stream().map(m -> Outcome.row("node", m.node(), "log", m.file(), "line", m.line())).toList(), "Not found");
        }).arg("sid", ServiceVerbs.SID).arg("text", "What to look for, in whatever case.").opt("--node", "NODE", "Only on this node.").opt("-f --file", "LOG", "Only in this log.");
    }

    private static int names(Call call) {
        Session session = call.cli().session();
        List<LogName> logs = session.director().services().logs(session.service(call.arg("sid")).sid(), call.arg("node"));
        return Outcome.table(call, logs, List.of("node", "log", "size"), logs.stream().map(l -> Outcome.row("node", l.node(), "log", l.name(), "size", l.size())).toList(),
                "No logs");
    }

    private static Verb follow(Verb verb) {
        return follow(verb, "-f --follow");
    }

    private static Verb follow(Verb verb, String names) {
        return verb.opt(names, null, "Begin near the end and go on showing what is added, until interrupted.");
    }

    /** The whole log from the manager itself, as 1.3.1 did; parts of it, and other logs, come through the director. */
    private static int manager(Call call) {
        if (call.has("follow") || call.opt("name") != null) {
            return part(call, null, call.opt("name"));
        }
        Session session = call.cli().session();
        JsonNode answer = session.ask(session.service(call.arg("sid")), "getLog", Map.of());
        if (call.options().json()) {
            return Outcome.json(call, answer);
        }
        call.terminal().out().print(answer.path("log").asText());
        return Exit.OK;
    }

    private static int part(Call call, String node, String file) {
        Session session = call.cli().session();
        long sid = session.service(call.arg("sid")).sid();
        boolean follow = call.has("follow");
        if (follow && call.options().json()) {
            throw CliException.usage("A log that is followed has no JSON form.", "Leave --json or --follow out.");
        }
        StringBuilder whole = new StringBuilder();
        long offset = follow ? -LAST_BYTES : 0;
        while (true) {
            LogPart part = session.director().services().log(sid, node, file, offset, PIECE);
            if (call.options().json()) {
                whole.append(part.text());
            } else {
                call.terminal().out().print(part.text());
            }
            boolean atEnd = part.next() >= part.size() || part.text().isEmpty();
            offset = part.next();
            if (call.terminal().out().checkError() || atEnd && !follow) {
                return call.options().json() ? Outcome.json(call, Map.of("log", whole.toString())) : Exit.OK;
            }
            if (atEnd) {
                session.cancellation().await(PAUSE);
            }
        }
    }
}
