package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.InstanceSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.director.internal.account.Application;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.service.SecretNames;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Describes an application as it is by a manifest. Files are links that are good for a while; variables that look like secrets have null for their value
 * unless secrets are asked for, which an update of the same application takes as: leave it.
 */
final class ManifestWriter {
    private final Session s;
    private final Types types;
    private final Downloads downloads;
    private final boolean secrets;
    private final Map<String, Downloads.Kept> files;

    /** @param files data of services by {@link DataFiles#key} */
    ManifestWriter(Session s, Types types, Downloads downloads, boolean secrets, Map<String, Downloads.Kept> files) {
        this.s = s;
        this.types = types;
        this.downloads = downloads;
        this.secrets = secrets;
        this.files = files;
    }

    Map<String, Object> of(Application application) {
        List<Object> services = new ArrayList<>();
        Services.ofApplication(s, application.aid()).forEach(service -> services.add(service(service)));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Application", application.name());
        manifest.put("Services", services);
        return manifest;
    }

    private Map<String, Object> service(Service service) {
        ServiceDescriptor descriptor = types.descriptor(service.type());
        boolean runs = service.desired().goal() == Goal.RUNNING;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("Type", service.type());
        entry.put("ServiceName", service.name());
        entry.put("Cloud", Clouds.shown(service.cloud()));
        entry.put("Start", runs ? 1 : 0);
        if (runs) {
            Map<String, Object> instances = new LinkedHashMap<>();
            for (InstanceSpec spec : ManifestReader.instances(descriptor)) {
                instances.put(spec.key(), service.desired().counts().getOrDefault(spec.role(), 0) - spec.offset());
            }
            entry.put("StartupInstances", instances);
        }
        if (service.desired().startupScript() != null) {
            entry.put("StartupScript", downloads.link(s, new Downloads.Kept(service.desired().startupScript(), "startup.sh"), service.uid()));
        }
        for (ManifestField field : ManifestReader.fields(descriptor)) {
            Object value = value(field, service);
            if (value != null) {
                entry.put(field.name(), value);
            }
        }
        return entry;
    }

    private Object value(ManifestField field, Service service) {
        return switch (String.valueOf(field.current())) {
            case "settings" -> service.desired().settings().isEmpty() ? null : service.desired().settings();
            case "environment" -> service.desired().environment().isEmpty() ? null : environment(service.desired().environment());
            case "code" -> CodeVersions.list(s, service.sid()).stream().filter(v -> v.id().equals(service.desired().codeVersion())).findFirst()
                    .map((CodeVersion v) -> downloads.link(s, new Downloads.Kept(v.hash(), v.filename()), service.uid())).orElse(null);
            default -> Optional.ofNullable(files.get(DataFiles.key(service, field))).map(file -> downloads.link(s, file, service.uid())).orElse(null);
        };
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> shown = new TreeMap<>();
        variables.forEach((name, value) -> shown.put(name, secrets || !SecretNames.matches(name) ? value : null));
        return shown;
    }
}
