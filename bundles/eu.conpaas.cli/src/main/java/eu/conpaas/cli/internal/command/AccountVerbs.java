package eu.conpaas.cli.internal.command;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.Credit;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.config.Registration;
import eu.conpaas.cli.internal.config.SignIn;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.client.Director;
import eu.conpaas.client.Home;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Commands about the director, its offer and the user's account. */
final class AccountVerbs {
    private static final int AUDIT_LINES = 100;

    private AccountVerbs() {
    }

    static List<Verb> all() {
        return List.of(
                SignIn.options(Verb.of("credentials", "Sign in to a director and fetch your certificate.", AccountVerbs::credentials)),
                SignIn.options(Verb.of("getcerts", "Fetch your certificate again.", AccountVerbs::getcerts)),
                Verb.of("version", "Show the director's version.", AccountVerbs::version),
                Verb.of("available", "List the service types the director offers.", call -> Outcome.lines(call, call.cli().session().director().availableServices())),
                Verb.of("clouds", "List the clouds the director uses.", call -> Outcome.lines(call, call.cli().session().director().availableClouds())),
                Verb.of("cloud_info", "Show what the clouds offer, whether they work and how many nodes are on them.", AccountVerbs::clouds)
                        .opt("--all", null, "Count the nodes of all users too (administrators)."),
                Verb.of("credit", "Show your credits.", AccountVerbs::credit),
                Verb.of("costs", "Show what costs you credits, by service.", AccountVerbs::costs),
                Verb.of("ledger", "List what was charged and credited.", AccountVerbs::ledger),
                Verb.of("audit", "List what you did, and what others did to what you own.", AccountVerbs::audit)
                        .opt("--all", null, "What was done by anybody (administrators).").opt("--text", "TEXT", "With --all: only lines with this in them.")
                        .opt("--limit", "N", "Most lines (default 100)."));
    }

    /** Verbs of the object {@code user}. */
    static List<Verb> ofUser() {
        List<Verb> verbs = new ArrayList<>(List.of(
                SignIn.options(Verb.of("get_certificate", "Fetch your certificate again.", AccountVerbs::getcerts)),
                Verb.of("get_credit", "Show your credits.", AccountVerbs::credit),
                Verb.of("get_config", "Show the settings of this command line.", AccountVerbs::config),
                Registration.verb(), Registration.choose()));
        verbs.addAll(UserVerbs.all());
        return List.copyOf(verbs);
    }

    private static int credentials(Call call) {
        new SignIn(call).run();
        return Exit.OK;
    }

    private static int getcerts(Call call) {
        new SignIn(call).refetch();
        return Exit.OK;
    }

    private static int version(Call call) {
        String version = call.cli().session().director().version();
        return Outcome.message(call, "ConPaaS director version " + version, Map.of("version", version));
    }

    private static int credit(Call call) {
        Credit credit = call.cli().session().director().credit();
        if (call.options().json()) {
            return Outcome.json(call, credit);
        }
        call.print("credit: " + credit.credit());
        call.print("held: " + credit.held());
        call.print("per hour: " + credit.perHour());
        if (credit.emptyAt() != null) {
            call.print("empty at: " + credit.emptyAt().truncatedTo(ChronoUnit.SECONDS));
        }
        return Exit.OK;
    }

    private static int ledger(Call call) {
        return ledger(call, call.cli().session().director().ledger());
    }

    /** Entries of a ledger as a table. */
    static int ledger(Call call, List<LedgerEntry> entries) {
        return Outcome.table(call, entries, List.of("id", "time", "kind", "amount", "sid", "node", "note"),
                entries.stream().map(e -> Outcome.row("id", e.id(), "time", e.time(), "kind", e.kind(), "amount", e.amount(),
                        "sid", e.sid() == 0 ? "" : e.sid(), "node", e.node(), "note", e.note())).toList(), "No entries");
    }

    private static int clouds(Call call) {
        Director director = call.cli().session().director();
        List<CloudView> clouds = call.has("all") ? director.users().clouds() : director.clouds();
        List<String> columns = new ArrayList<>(List.of("name", "driver", "state", "nodes"));
        if (call.has("all")) {
            columns.add("all_nodes");
        }
        columns.addAll(List.of("offers", "notices"));
        return Outcome.table(call, clouds, columns, clouds.stream().map(c -> Outcome.row("name", c.name(), "driver", c.driver(), "state", c.usable() ? "ok" : c.detail(),
                "nodes", c.nodes(), "all_nodes", c.allNodes(), "offers", String.join(",", c.capabilities()).toLowerCase(Locale.ROOT), "notices", String.join("; ", c.notices())))
                .toList(), "No clouds");
    }

    private static int costs(Call call) {
        Costs costs = call.cli().session().director().costs();
        List<Map<String, Object>> rows = new ArrayList<>();
        costs.applications().forEach(a -> a.services().forEach(s -> rows.add(Outcome.row("application", a.name(), "sid", s.sid(), "service", s.name(), "type", s.type(),
                "nodes", s.nodes(), "per_hour", s.perHour(), "day", s.spentDay(), "spent", s.spent()))));
        return Outcome.table(call, costs, List.of("application", "sid", "service", "type", "nodes", "per_hour", "day", "spent"), rows, "Nothing costs you credits");
    }

    private static int audit(Call call) {
        int limit = call.opt("limit") == null ? AUDIT_LINES : (int) Call.number("--limit", call.opt("limit"));
        Director director = call.cli().session().director();
        List<AuditEntry> entries = call.has("all") ? director.users().audit(0, 0, call.opt("text"), 0, limit) : director.audit(0, limit);
        return Outcome.table(call, entries, List.of("id", "time", "actor", "action", "target", "outcome"), entries.stream().map(e -> Outcome.row("id", e.id(),
                "time", e.time(), "actor", e.actor(), "action", e.action(), "target", e.target(), "outcome", e.outcome())).toList(), "No entries");
    }

    private static int config(Call call) {
        Home home = call.cli().home();
        Map<String, Object> config = Outcome.row("director_url", home.read(Home.TARGET).orElse(""), "username", home.read(Home.USERNAME).orElse(""),
                "folder", home.folder().toString());
        if (call.options().json()) {
            return Outcome.json(call, config);
        }
        config.forEach((name, value) -> call.print(name + " = " + value));
        return Exit.OK;
    }
}
