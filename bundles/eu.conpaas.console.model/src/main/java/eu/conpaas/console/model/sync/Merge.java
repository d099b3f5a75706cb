package eu.conpaas.console.model.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.emf.common.util.EList;

import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.ModelFactory;
import eu.conpaas.console.model.Node;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Task;

/** Makes a model be as it was read: objects are kept by their ids, and only what differs is set. Runs in the model's realm. */
final class Merge {
    /** Finished operations that are kept; the director has the rest. */
    private static final int FINISHED = 200;
    private final Site site;

    Merge(Site site) {
        this.site = site;
    }

    void apply(Reading reading) {
        if (reading.meta != null) {
            site.setVersion(reading.meta.version());
            replace(site.getClouds(), reading.meta.clouds());
            replace(site.getTypes(), reading.meta.types());
        }
        if (reading.applications != null) {
            align(site.getApplications(), reading.applications, a -> a.aid(), Application::getAid, () -> ModelFactory.eINSTANCE.createApplication(), (a, view) -> {
                a.setAid(view.aid());
                a.setName(view.name());
            });
        }
        if (reading.services != null) {
            Set<Long> there = new HashSet<>();
            reading.services.forEach(s -> there.add(s.sid()));
            Find.services(site).filter(s -> !there.contains(s.getSid())).toList().forEach(Merge::drop);
            reading.services.forEach(this::service);
        }
        if (reading.nodes != null) {
            Find.services(site).toList().forEach(s -> nodes(s, reading.nodes.stream().filter(n -> n.sid() == s.getSid()).toList()));
        }
        reading.details.forEach(this::detail);
        reading.versions.forEach((sid, versions) -> Find.service(site, sid).ifPresent(s -> replace(s.getVersions(), versions)));
        reading.gone.forEach(sid -> Find.service(site, sid).ifPresent(Merge::drop));
        if (reading.allOperations != null) {
            align(site.getTasks(), reading.allOperations.stream().limit(FINISHED).toList(), Operation::id, Task::getId, () -> ModelFactory.eINSTANCE.createTask(), Merge::put);
        }
        reading.operations.forEach(this::operation);
        if (reading.credit != null) {
            site.setCredit(reading.credit);
        }
    }

    /** The service of a view; null while its application is not known. */
    private Service service(ServiceView view) {
        Service service = Find.service(site, view.sid()).orElse(null);
        if (service == null) {
            Application application = Find.application(site, view.application_id()).orElse(null);
            if (application == null) {
                return null;
            }
            service = ModelFactory.eINSTANCE.createService();
            service.setSid(view.sid());
            set(service, view);
            application.getServices().add(service);
        } else {
            set(service, view);
        }
        return service;
    }

    private static void set(Service service, ServiceView view) {
        service.setName(view.name());
        service.setState(view.state());
        if (!view.equals(service.getView())) {
            service.setView(view);
        }
    }

    private void detail(ServiceDetail detail) {
        Service service = service(detail.service());
        if (service == null) {
            return;
        }
        service.setCreditsPerHour(detail.creditsPerHour());
        service.setHealth(detail.health());
        if (!Objects.equals(detail.desired(), service.getDesired())) {
            service.setDesired(detail.desired());
        }
        nodes(service, detail.nodes());
        if (detail.operation() != null) {
            operation(detail.operation());
        }
    }

    private static void nodes(Service service, List<NodeView> views) {
        align(service.getNodes(), views, NodeView::id, Node::getId, () -> ModelFactory.eINSTANCE.createNode(), (node, view) -> {
            node.setId(view.id());
            if (!view.equals(node.getView())) {
                node.setView(view);
            }
        });
    }

    private void operation(Operation operation) {
        Task task = site.getTasks().stream().filter(t -> operation.id().equals(t.getId())).findFirst().orElse(null);
        if (task != null) {
            put(task, operation);
            return;
        }
        task = ModelFactory.eINSTANCE.createTask();
        put(task, operation);
        site.getTasks().addFirst(task);
        if (site.getTasks().size() > FINISHED && site.getTasks().getLast().getOperation().state().isFinal()) {
            site.getTasks().removeLast();
        }
    }

    private static void put(Task task, Operation operation) {
        task.setId(operation.id());
        // an older answer may come in after a newer one
        boolean older = task.getOperation() != null && task.getOperation().state().isFinal() && !operation.state().isFinal();
        if (!older && !operation.equals(task.getOperation())) {
            task.setOperation(operation);
        }
    }

    private static void drop(Service service) {
        service.getApplication().getServices().remove(service);
    }

    private static <T> void replace(EList<T> list, List<T> wanted) {
        if (!list.equals(wanted)) {
            list.clear();
            list.addAll(wanted);
        }
    }

    /** Makes a list have one element for each value, in their order; elements are known again by their keys. */
    private static <E, V, K> void align(EList<E> list, List<V> values, Function<V, K> keyOf, Function<E, K> key, Supplier<E> maker, BiConsumer<E, V> put) {
        Set<K> wanted = new HashSet<>();
        values.forEach(v -> wanted.add(keyOf.apply(v)));
        List<E> leaving = new ArrayList<>();
        list.stream().filter(e -> !wanted.contains(key.apply(e))).forEach(leaving::add);
        list.removeAll(leaving);
        for (int i = 0; i < values.size(); i++) {
            V value = values.get(i);
            K id = keyOf.apply(value);
            int at = i;
            while (at < list.size() && !Objects.equals(key.apply(list.get(at)), id)) {
                at++;
            }
            if (at < list.size()) {
                if (at != i) {
                    list.move(i, at);
                }
                put.accept(list.get(i), value);
            } else {
                E made = maker.get();
                put.accept(made, value);
                list.add(i, made);
            }
        }
    }
}
