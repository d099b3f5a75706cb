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
import java.security.cert.X509Certificate;

/**
 * Who may call a node. A manager: the director, the users the director names, itself. An agent: the director, manager and agents of its service.
 *
 * @param node  the node that is called
 * @param users who may call a manager
 */
public record PeerGuard(NodeContext node, Users users) implements Guard {
    /** Says which users may call a manager. */
    @FunctionalInterface
    public interface Users {
        boolean admit(long uid, X509Certificate certificate);
    }

    @Override
    public Caller authorize(Request request, Access access) {
        Identity peer = request.peer();
        if (peer == null) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The call came without a client certificate.", "Get a certificate from the director.");
        }
        if (!mayCall(peer, request.certificate())) {
            throw new ApiException(ErrorCode.FORBIDDEN, "The " + peer.role().word() + " " + peer.name() + " may not call node " + node.node() + ".",
                    "Call a service of your own.");
        }
        return Caller.of(peer, request.address());
    }

    private boolean mayCall(Identity peer, X509Certificate certificate) {
        boolean same = peer.uid() == node.uid() && peer.sid() == node.sid();
        return switch (peer.role()) {
            case DIRECTOR -> true;
            case USER -> node.kind() == NodeKind.MANAGER && users.admit(peer.uid(), certificate);
            case MANAGER -> same;
            case AGENT -> node.kind() == NodeKind.AGENT && same;
        };
    }
}
