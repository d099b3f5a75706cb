package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.pki.Identity;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Guard;
import eu.conpaas.rpc.Request;

/**
 * Who may call a node. A manager: the director, users with its uid, itself. An agent: the director, manager and agents of its service.
 *
 * @param node the node that is called
 */
public record PeerGuard(NodeContext node) implements Guard {
    @Override
    public Caller authorize(Request request, Access access) {
        Identity peer = request.peer();
        if (peer == null) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The call came without a client certificate.", "Get a certificate from the director.");
        }
        if (!mayCall(peer)) {
            throw new ApiException(ErrorCode.FORBIDDEN, "The " + peer.role().word() + " " + peer.name() + " may not call node " + node.node() + ".",
                    "Call a service of your own.");
        }
        return Caller.of(peer, request.address());
    }

    private boolean mayCall(Identity peer) {
        boolean same = peer.uid() == node.uid() && peer.sid() == node.sid();
        return switch (peer.role()) {
            case DIRECTOR -> true;
            case USER -> node.kind() == NodeKind.MANAGER && peer.uid() == node.uid();
            case MANAGER -> same;
            case AGENT -> node.kind() == NodeKind.AGENT && same;
        };
    }
}
