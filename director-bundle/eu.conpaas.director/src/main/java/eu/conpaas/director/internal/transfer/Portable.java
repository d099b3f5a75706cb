package eu.conpaas.director.internal.transfer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.git.GitCopy;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.transfer.ExportDoc.ServiceDoc;

/** A service as it can be had elsewhere: without nodes, addresses and the secrets its own nodes share. */
final class Portable {
    private Portable() {
    }

    static ServiceDoc of(Session s, Service service) {
        List<CodeVersion> versions = CodeVersions.list(s, service.sid());
        return new ServiceDoc(service.name(), service.type(), Clouds.shown(service.cloud()), service.desired().goal() == Goal.RUNNING, state(service.desired()),
                versions, GitCopy.of(s, service.sid()), List.of());
    }

    /** What a copy begins with; anything said of single nodes is left out. */
    private static DesiredState state(DesiredState now) {
        Map<String, String> data = new TreeMap<>(now.settled().data());
        data.entrySet().removeIf(e -> now.placement().stream().anyMatch(p -> e.getKey().contains(p.node()) || e.getValue().contains(p.node())));
        return new DesiredState(1, Goal.CREATED, now.counts(), List.of(), now.codeVersion(), now.previousCode(), now.settings(), now.environment(),
                now.startupScript(), data);
    }
}
