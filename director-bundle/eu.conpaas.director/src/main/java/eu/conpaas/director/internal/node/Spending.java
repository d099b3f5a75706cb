package eu.conpaas.director.internal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.Costs;
import eu.conpaas.api.Costs.OfApplication;
import eu.conpaas.api.Costs.OfService;
import eu.conpaas.api.Credit;
import eu.conpaas.api.NodeCost;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;

/** What nodes cost, and how long credits last. */
public final class Spending {
    private static final Duration DAY = Duration.ofDays(1);

    private Spending() {
    }

    /** A user's account, with the moment at which the first hour cannot be paid if all goes on as it is. */
    public static Credit credit(Session s, long uid, Instant now) {
        List<Node> alive = Nodes.ofUser(s, uid).stream().filter(n -> n.state().isAlive()).toList();
        long credit = Ledger.credit(s, uid);
        List<Instant> due = alive.stream().map(n -> n.paidUntil() == null ? now.plus(Ledger.HOUR) : n.paidUntil()).toList();
        return new Credit(credit, Ledger.held(s, uid), alive.size() * (long) Ledger.PER_HOUR, empty(credit, due, now));
    }

    /**
     * When credits run out.
     *
     * @param due when each node's next hour begins
     * @return null without nodes
     */
    static Instant empty(long credit, List<Instant> due, Instant now) {
        if (due.isEmpty()) {
            return null;
        }
        List<Instant> sorted = due.stream().map(d -> d.isBefore(now) ? now : d).sorted().toList();
        long hours = Math.max(0, credit) / Ledger.PER_HOUR;
        return sorted.get((int) (hours % sorted.size())).plus(Ledger.HOUR.multipliedBy(hours / sorted.size()));
    }

    /** Where a user's credits go. */
    public static Costs costs(Session s, long uid, Instant now) {
        Map<Long, Integer> nodes = new HashMap<>();
        Nodes.ofUser(s, uid).stream().filter(n -> n.state().isAlive()).forEach(n -> nodes.merge(n.sid(), 1, Integer::sum));
        Map<Long, Long> spent = charged(s, uid, Instant.EPOCH);
        Map<Long, Long> spentDay = charged(s, uid, now.minus(DAY));
        List<OfApplication> applications = new ArrayList<>();
        Applications.ofUser(s, uid).forEach(application -> {
            List<OfService> services = Services.ofApplication(s, application.aid()).stream().map(v -> cost(v, nodes, spent, spentDay)).toList();
            applications.add(new OfApplication(application.aid(), application.name(), services.stream().mapToLong(OfService::perHour).sum(), services));
        });
        return new Costs(credit(s, uid, now), spentDay.values().stream().mapToLong(Long::longValue).sum(), applications);
    }

    private static OfService cost(Service service, Map<Long, Integer> nodes, Map<Long, Long> spent, Map<Long, Long> spentDay) {
        int count = nodes.getOrDefault(service.sid(), 0);
        return new OfService(service.sid(), service.name(), service.type(), count, count * (long) Ledger.PER_HOUR, spentDay.getOrDefault(service.sid(), 0L),
                spent.getOrDefault(service.sid(), 0L));
    }

    /** Credits charged to a user since then, by service. */
    private static Map<Long, Long> charged(Session s, long uid, Instant since) {
        Map<Long, Long> charged = new HashMap<>();
        s.list("SELECT sid, -sum(amount) AS spent FROM ledger WHERE uid = ? AND kind = 'CHARGE' AND time >= ? GROUP BY sid", r -> charged.put(r.number("sid"), r.number("spent")),
                uid, since);
        return charged;
    }

    /** All nodes of all users that are there. */
    public static List<NodeCost> all(Session s) {
        return s.list("SELECT node.*, username, application.name AS application, service.name AS service, service.type AS type,"
                + " (SELECT -coalesce(sum(amount), 0) FROM ledger WHERE ledger.node = node.id AND kind = 'CHARGE') AS spent"
                + " FROM node JOIN user ON user.uid = node.uid JOIN service ON service.sid = node.sid LEFT JOIN application ON application.aid = node.aid"
                + " WHERE node.gone = 0 ORDER BY node.created, node.id", r -> {
                    Node node = Node.of(r);
                    return new NodeCost(node.view(), node.uid(), r.text("username"), r.text("application"), r.text("service"), r.text("type"),
                            node.state().isAlive() ? Ledger.PER_HOUR : 0, r.number("spent"));
                });
    }
}
