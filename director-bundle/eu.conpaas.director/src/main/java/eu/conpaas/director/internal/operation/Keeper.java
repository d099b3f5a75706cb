package eu.conpaas.director.internal.operation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.node.Backoff;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;

/**
 * The reconciler: compares what should be with what is, and repairs one thing at a time for each service, with growing waits after
 * failures. Dead managers are replaced here, dead agents by an operation of the service.
 */
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Core core;
    private final Changes changes;
    private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
    private final Map<Long, Long> notBefore = new ConcurrentHashMap<>();
    private final Map<String, Thread> comingUp = new ConcurrentHashMap<>();
    private final Map<Long, String> replacing = new ConcurrentHashMap<>();

    public Keeper(Core core, Changes changes) {
        this.core = core;
        this.changes = changes;
    }

    /** One round over all services. */
    public void run() {
        Set<Long> busy = new HashSet<>();
        core.database().read(Operations::open).forEach(op -> {
            if (op.kind().equals(OperationRow.CREATE) || op.kind().equals(OperationRow.TERMINATE)) {
                busy.add(-op.sid());
            }
            busy.add(op.sid());
        });
        for (Service service : core.database().read(Services::all)) {
            try {
                if (!busy.contains(-service.sid())) {
                    keepManager(service);
                }
                if (!busy.contains(service.sid())) {
                    keepAgents(service);
                }
            } catch (ApiException e) {
                failed(service.sid());
                LOG.warn("Service {}: {}", service.sid(), e.error().cause());
            }
        }
        goOnDeleting();
    }

    private void keepManager(Service service) {
        Node manager = core.database().read(s -> Nodes.find(s, service.managerNode())).orElse(null);
        if (manager == null || manager.state().isAlive() && manager.state() != NodeState.LEAVING && !isDead(manager)) {
            if (manager != null && manager.state() != NodeState.READY) {
                bringUp(service.sid(), manager.id());
            }
            return;
        }
        if (mayTry(service.sid())) {
            replaceManager(service, manager);
        }
    }

    private boolean isDead(Node node) {
        return core.dead().now().contains(node.id());
    }

    /** The new manager is stored with a higher epoch first: from that moment on nobody listens to the old one. */
    private void replaceManager(Service service, Node old) {
        String id = Nodes.newId();
        boolean stored = core.database().write(s -> {
            Service now = Services.get(s, service.sid());
            if (!old.id().equals(now.managerNode())) {
                return false;
            }
            core.nodes().request(s, id, new Nodes.Wanted(now.sid(), now.aid(), now.uid(), NodeKind.MANAGER, now.cloud(), now.epoch() + 1, old.id()));
            Services.setManager(s, now.sid(), id, now.epoch() + 1);
            core.nodes().lost(s, old.id(), null, "replaced by " + id);
            core.events().add(s, "manager.replaced", now.uid(), now.aid(), now.sid(), Map.of("old", old.id(), "new", id));
            return true;
        });
        if (stored) {
            LOG.warn("The manager {} of service {} is dead; {} replaces it", old.id(), service.sid(), id);
            Failpoint.AFTER_MANAGER_REPLACED.hit();
            core.ender().mark(old.id());
            Thread.ofVirtual().start(() -> core.ender().tryEnd(old.id()));
            bringUp(service.sid(), id);
        }
    }

    private void bringUp(long sid, String node) {
        comingUp.computeIfAbsent(node, id -> Thread.ofVirtual().name("manager " + id).start(() -> {
            try {
                core.maker().bringUp(id, () -> core.database().read(s -> Services.find(s, sid)).isEmpty());
                failures.remove(sid);
            } catch (ApiException e) {
                failed(sid);
                LOG.warn("Manager {} of service {}: {}", id, sid, e.error().cause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                comingUp.remove(id);
            }
        }));
    }

    private void keepAgents(Service service) {
        boolean settled = service.state() == ServiceState.RUNNING || service.state() == ServiceState.ERROR || service.state() == ServiceState.STOPPED;
        if (!settled || !noteReplacement(service.sid())) {
            return;
        }
        endStrays(service);
        if (service.desired().goal() != Goal.RUNNING || service.unpaid()) {
            return;
        }
        Set<String> dead = new HashSet<>(Dead.of(core, service));
        dead.addAll(Managers.unhealthy(service));
        if (!dead.isEmpty() && mayTry(service.sid())) {
            LOG.warn("Service {}: replacing {}", service.sid(), dead);
            notBefore.put(service.sid(), System.nanoTime() + Backoff.after(1) * 1_000_000);
            changes.replace(service.sid(), dead).ifPresent(op -> replacing.put(service.sid(), op.id()));
        }
    }

    /** Learns how the last replacement went, for the wait before the next. @return whether none is under way */
    private boolean noteReplacement(long sid) {
        String id = replacing.get(sid);
        if (id == null) {
            return true;
        }
        Operation op = core.database().read(s -> Operations.get(s, id)).view();
        if (!op.state().isFinal()) {
            return false;
        }
        replacing.remove(sid);
        if (op.state() == Operation.State.DONE) {
            failures.remove(sid);
        } else {
            failed(sid);
        }
        return true;
    }

    /** Agents no placement names: left behind by an operation that could not finish. */
    private void endStrays(Service service) {
        List<Node> strays = core.database().read(s -> strays(s, service.sid()));
        for (Node stray : strays) {
            LOG.warn("Ending node {} of service {}: it has no place there", stray.id(), service.sid());
            core.ender().mark(stray.id());
            core.ender().tryEnd(stray.id());
        }
    }

    private static List<Node> strays(Session s, long sid) {
        if (Operations.openOf(s, sid).isPresent()) {
            return List.of();
        }
        Collection<String> placed = Services.get(s, sid).desired().placement().stream().map(p -> p.node()).toList();
        return Nodes.ofService(s, sid).stream().filter(n -> n.kind() == NodeKind.AGENT && !placed.contains(n.id())).toList();
    }

    /** Applications being deleted when the last director ended. */
    private void goOnDeleting() {
        core.database().read(Applications::deleting).forEach(a -> {
            List<Service> left = core.database().read(s -> Services.ofApplication(s, a.aid()));
            left.forEach(service -> changes.terminate(service.sid(), Changes.RECONCILER, false));
            if (left.isEmpty()) {
                core.database().write(s -> {
                    Applications.drop(s, a.aid());
                    return null;
                });
            }
        });
    }

    private boolean mayTry(long sid) {
        return notBefore.getOrDefault(sid, Long.MIN_VALUE) <= System.nanoTime() || !notBefore.containsKey(sid);
    }

    private void failed(long sid) {
        int count = failures.merge(sid, 1, Integer::sum);
        notBefore.put(sid, System.nanoTime() + Backoff.after(count + 3) * 1_000_000);
    }

    /** Stops bringing up managers; they go on at the next start. */
    public void close() {
        List<Thread> threads = List.copyOf(comingUp.values());
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(2000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
