package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.director.internal.api.Methods;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.rpc.Download;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Files with the data of running services, got from their managers for a manifest that is to hold data. Kept as long as links to them are good. */
final class DataFiles {
    /** Begin of {@link ManifestField#current} where a method answers the file. */
    static final String METHOD = "method:";
    private final Core core;
    private final Methods methods;
    private final ContentStore store;

    DataFiles(Core core, Methods methods, ContentStore store) {
        this.core = core;
        this.methods = methods;
        this.store = store;
    }

    /** The files of an application, by {@link #key}. */
    Map<String, Downloads.Kept> of(long aid, long uid, String by) throws IOException {
        Map<String, Downloads.Kept> files = new HashMap<>();
        for (Service service : core.database().read(s -> Services.ofApplication(s, aid))) {
            for (ManifestField field : ManifestReader.fields(core.types().descriptor(service.type()))) {
                if (service.desired().goal() == Goal.RUNNING && field.current() != null && field.current().startsWith(METHOD)) {
                    files.put(key(service, field), file(service, field, uid, by));
                }
            }
        }
        return files;
    }

    static String key(Service service, ManifestField field) {
        return service.sid() + "/" + field.name();
    }

    private Downloads.Kept file(Service service, ManifestField field, long uid, String by) throws IOException {
        String method = field.current().substring(METHOD.length());
        Download download = (Download) methods.answer(new Methods.Ask(service.sid(), method, Map.of(), Map.of(), uid, new Asked(by, null, false, false)));
        String name = (service.name() + "-" + method).replaceAll("[^A-Za-z0-9._-]", "_");
        return new Downloads.Kept(store.put(out -> download.content().writeTo(out), uid).hash(), name);
    }
}
