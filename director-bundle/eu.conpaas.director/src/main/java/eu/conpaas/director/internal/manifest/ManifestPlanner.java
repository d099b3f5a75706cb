package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.Plan;
import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.api.ServiceDescriptor.PublishSpec;
import eu.conpaas.cloud.Cloud.Capability;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.manifest.Manifest.Entry;
import eu.conpaas.director.internal.manifest.Work.Item;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.service.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Works out what a manifest means for an application as it is, or for a new one. Nothing is changed by it. */
final class ManifestPlanner {
    private final Core core;
    private final Downloads downloads;
    private final Manifest manifest;
    private final List<Service> existing;
    private final Draft draft = new Draft();

    /** @param existing services of the application; null: it is new */
    ManifestPlanner(Core core, Downloads downloads, Manifest manifest, List<Service> existing) {
        this.core = core;
        this.downloads = downloads;
        this.manifest = manifest;
        this.existing = existing;
    }

    Draft draft() {
        return draft;
    }

    /** @throws ApiException INVALID_ARGUMENT with all that is wrong */
    Plan plan() {
        List<Service> left = existing == null ? new ArrayList<>() : new ArrayList<>(existing);
        List<Service> matches = new ArrayList<>();
        manifest.services().forEach(entry -> matches.add(match(entry, left)));
        for (int i = 0; i < manifest.services().size(); i++) {
            Entry entry = manifest.services().get(i);
            String place = "Services[" + i + "]";
            try {
                service(i, entry, matches.get(i), place);
            } catch (ApiException e) {
                draft.error(place, e);
            }
        }
        left.forEach(this::remove);
        String verb = existing == null ? "Create application " : "Update application ";
        return draft.plan(verb + manifest.application() + ": " + count(manifest.services().size()) + (left.isEmpty() ? "" : ", " + left.size() + " removed"));
    }

    private static String count(int services) {
        return services + (services == 1 ? " service" : " services");
    }

    static String name(Entry entry) {
        return entry.name() != null ? entry.name() : "New " + entry.type() + " service";
    }

    /** The service an entry is about: by name, or the only one left of its type if the manifest gives no name. */
    private static Service match(Entry entry, List<Service> left) {
        List<Service> named = left.stream().filter(s -> s.name().equals(name(entry)) && s.type().equals(entry.type())).toList();
        List<Service> typed = left.stream().filter(s -> s.type().equals(entry.type())).toList();
        Service found = !named.isEmpty() ? named.getFirst() : entry.name() == null && typed.size() == 1 ? typed.getFirst() : null;
        left.remove(found);
        return found;
    }

    private void remove(Service service) {
        draft.removed(service.desired().placement().size() + 1);
        draft.remove(draft.item(new Item(service.name(), service.type(), service.cloud(), service.sid())), "Remove " + service.type() + " '" + service.name() + "'");
        draft.confirm("Service '" + service.name() + "' is not in the manifest: it is removed with all it holds.");
    }

    private void service(int index, Entry entry, Service service, String place) {
        ServiceDescriptor descriptor = core.types().descriptor(entry.type());
        String cloud = service != null && entry.cloud() == null ? service.cloud() : Clouds.canonical(entry.cloud());
        boolean shared = core.clouds().get(cloud).capabilities().contains(Capability.SHARED_FOLDER) && descriptor.sharedFolder();
        if (service != null && !cloud.equals(service.cloud())) {
            draft.error(place + ".Cloud", "the service is on " + Clouds.shown(service.cloud()) + " and cannot be moved.", "Leave Cloud out.");
        }
        List<CodeVersion> versions = service == null ? List.of() : core.database().read(s -> CodeVersions.list(s, service.sid()));
        ServiceDraft state = new ServiceDraft(core.types().planner(entry.type()),
                ServiceDraft.facts(cloud, shared, core.database().read(s -> Operations.durations(s, entry.type()))), service, versions);
        String name = service != null ? service.name() : name(entry);
        int item = draft.item(new Item(name, entry.type(), cloud, service == null ? 0 : service.sid()));
        String title = entry.type() + " '" + name + "'";
        if (service == null) {
            draft.create(item, "Create " + title);
        } else if (service.state().isTransient() || service.state() == eu.conpaas.api.ServiceState.ERROR) {
            draft.error(place, "the service is " + service.state() + ".", "Wait until it has settled.");
        }
        int before = service == null ? 0 : service.desired().placement().size() + 1;
        new EntryPlanner(draft, state, entry, new EntryPlanner.About(item, title, place, service, versions), downloads, others(index)).run();
        draft.cost(state, before, title);
    }

    /** What the other services of the manifest publish once they are there. */
    private References others(int index) {
        List<Published> others = new ArrayList<>();
        for (int i = 0; i < manifest.services().size(); i++) {
            Entry entry = manifest.services().get(i);
            if (i != index) {
                others.add(new Published(i, name(entry), entry.type(), core.types().descriptor(entry.type()).publishes().stream().map(PublishSpec::name).toList(), Map.of(),
                        Map.of()));
            }
        }
        return new References(others);
    }

    static ManifestField field(ServiceDescriptor descriptor, String name) {
        return ManifestReader.fields(descriptor).stream().filter(f -> Objects.equals(f.name(), name)).findFirst().orElseThrow();
    }
}
