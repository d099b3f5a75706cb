package eu.conpaas.director.internal.node;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;

/**
 * Charges every hour a node has provably begun: one whose start lies before the node's last heartbeat (or its known end), so that an
 * end nobody saw costs nothing beyond it. Warns owners early, and has services stopped, data kept, whose next hour cannot be paid.
 */
public final class Metering {
    private final Database database;
    private final Nodes nodes;
    private final Ledger ledger;
    private final Pulse pulse;
    private final Events events;
    private final LongConsumer stopUnpaid;
    private final Map<Long, Boolean> warned = new HashMap<>();

    /** @param stopUnpaid stops a service that cannot be paid any more */
    public Metering(Database database, Nodes nodes, Ledger ledger, Pulse pulse, Events events, LongConsumer stopUnpaid) {
        this.database = database;
        this.nodes = nodes;
        this.ledger = ledger;
        this.pulse = pulse;
        this.events = events;
        this.stopUnpaid = stopUnpaid;
    }

    /** One round; rounds may come at any interval. */
    public void run() {
        List<Node> metered = database.read(s -> s.list("SELECT * FROM node WHERE paid_until IS NOT NULL AND (gone = 0 OR paid_until <= ended)", Node::of));
        if (metered.isEmpty()) {
            return;
        }
        database.write(s -> {
            metered.forEach(n -> pulse.last(n.id()).ifPresent(b -> nodes.heard(s, n.id(), b.at())));
            return null;
        });
        for (Node node : metered) {
            boolean paid = database.write(s -> chargeDue(s, Nodes.get(s, node.id())));
            if (!paid && node.ended() == null) {
                unpaid(node.sid());
            }
        }
        warn(metered);
    }

    private boolean chargeDue(Session s, Node node) {
        Instant evidence = node.ended() != null ? node.ended() : pulse.heard(node);
        Instant paid = node.paidUntil();
        long hour = node.hours();
        while (evidence != null && !paid.isAfter(evidence)) {
            if (!ledger.charge(s, node.uid(), node.sid(), node.id(), hour)) {
                return false;
            }
            paid = paid.plus(Ledger.HOUR);
            hour++;
            nodes.paid(s, node.id(), paid);
            events.add(s, "credit", node.uid(), node.aid(), node.sid(), Map.of("credit", Ledger.credit(s, node.uid())));
        }
        return true;
    }

    private void unpaid(long sid) {
        Service service = database.read(s -> Services.find(s, sid)).orElse(null);
        if (service == null) {
            return;
        }
        if (!service.unpaid()) {
            database.write(s -> {
                Services.setUnpaid(s, sid, true);
                events.add(s, "credit.out", service.uid(), service.aid(), sid,
                        Map.of("message", "No credits are left: the service is being stopped, its data is kept."));
                return null;
            });
        }
        stopUnpaid.accept(sid);
    }

    /** Once each time a user's credit falls below what the present nodes cost in an hour. */
    private void warn(List<Node> metered) {
        Map<Long, Integer> use = new HashMap<>();
        metered.stream().filter(n -> n.ended() == null).forEach(n -> use.merge(n.uid(), Ledger.PER_HOUR, Integer::sum));
        use.forEach((uid, perHour) -> {
            long credit = database.read(s -> Ledger.credit(s, uid));
            boolean low = credit < perHour;
            if (low && !warned.getOrDefault(uid, false)) {
                database.write(s -> {
                    events.add(s, "credit.low", uid, 0, 0, Map.of("credit", credit, "perHour", perHour, "message",
                            "Your " + credit + " credits last less than an hour at present use (" + perHour + " an hour)."));
                    return null;
                });
            }
            warned.put(uid, low);
        });
    }
}
