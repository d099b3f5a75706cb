package eu.conpaas.director.internal.operation;

import eu.conpaas.api.NodeState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.store.Session;

/** Services as the API shows them. */
public final class Views {
    private Views() {
    }

    public static ServiceView service(Session s, Service service) {
        Node manager = service.managerNode() == null ? null : Nodes.find(s, service.managerNode()).orElse(null);
        String operation = Operations.openOf(s, service.sid()).map(OperationRow::id).orElse(null);
        boolean up = manager != null && manager.state() == NodeState.READY;
        return new ServiceView(service.sid(), service.name(), service.type(), service.state(), service.created(), up ? manager.address() : "",
                up ? manager.port() : 0, manager == null || manager.vmid() == null ? "" : manager.vmid(), Clouds.shown(service.cloud()), service.uid(), service.aid(),
                service.address(), operation, service.tenant(), service.furtherAddresses());
    }
}
