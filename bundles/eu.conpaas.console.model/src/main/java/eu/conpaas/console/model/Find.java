package eu.conpaas.console.model;

import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EObject;

import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor;

/** Questions that many ask of a model. In the model's realm only. */
public final class Find {
    private Find() {
    }

    public static Stream<Service> services(Site site) {
        return site.getApplications().stream().flatMap(a -> a.getServices().stream());
    }

    public static Optional<Service> service(Site site, long sid) {
        return services(site).filter(s -> s.getSid() == sid).findFirst();
    }

    public static Optional<Application> application(Site site, long aid) {
        return site.getApplications().stream().filter(a -> a.getAid() == aid).findFirst();
    }

    public static Optional<Site> site(Sites sites, String id) {
        return sites.getSites().stream().filter(s -> s.getId().equals(id)).findFirst();
    }

    /** The site an object of the tree belongs to, itself included; empty for one that has been taken out. */
    public static Optional<Site> siteOf(EObject object) {
        for (EObject at = object; at != null; at = at.eContainer()) {
            if (at instanceof Site site) {
                return Optional.of(site);
            }
        }
        return Optional.empty();
    }

    /** The type of a service. */
    public static Optional<ServiceDescriptor> type(Service service) {
        return siteOf(service).flatMap(site -> type(site, service.getView().type()));
    }

    public static Optional<ServiceDescriptor> type(Site site, String id) {
        return site.getTypes().stream().filter(t -> t.id().equals(id)).findFirst();
    }

    /** The unfinished operation of a service. */
    public static Optional<Operation> operation(Service service) {
        return siteOf(service).flatMap(site -> site.getTasks().stream().map(Task::getOperation)
                .filter(o -> o.sid() == service.getSid() && !o.state().isFinal()).findFirst());
    }
}
