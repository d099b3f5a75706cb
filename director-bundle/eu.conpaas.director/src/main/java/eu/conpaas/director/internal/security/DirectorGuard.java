package eu.conpaas.director.internal.security;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Role;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.Identity;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Caller.Auth;
import eu.conpaas.rpc.Guard;
import eu.conpaas.rpc.Request;

/**
 * The one place where the director decides who may do what. What belongs to somebody else is answered like what is not there, so that
 * nobody learns of it.
 */
public final class DirectorGuard implements Guard {
    private final Database database;
    private final Users users;
    private final Tokens tokens;

    public DirectorGuard(Database database, Users users, Tokens tokens) {
        this.database = database;
        this.users = users;
        this.tokens = tokens;
    }

    @Override
    public Caller authorize(Request request, Access access) {
        return switch (access) {
            case PUBLIC -> Caller.anonymous(request.address());
            case PASSWORD -> byPassword(request);
            case PASSWORD_OR_USER -> request.param("username") != null ? byPassword(request) : user(request);
            case USER -> user(request);
            case SERVICE_OWNER -> serviceOwner(request);
            case APPLICATION_OWNER -> applicationOwner(request);
            case OPERATION_OWNER -> operationOwner(request);
            case NODE -> node(request, null);
            case MANAGER -> node(request, Role.MANAGER);
            case ADMIN, DIRECTOR, SERVICE_PEER, UNDECLARED -> throw forbidden();
        };
    }

    private Caller byPassword(Request request) {
        User user = users.authenticate(request.param("username"), request.param("password"));
        return new Caller(Auth.PASSWORD, null, user.uid(), user.username(), false, request.address());
    }

    private Caller user(Request request) {
        Identity peer = request.peer();
        if (peer != null) {
            if (peer.role() != Role.USER) {
                throw forbidden();
            }
            User user = database.read(s -> Users.byId(s, peer.uid())).orElseThrow(DirectorGuard::unknown);
            return new Caller(Auth.CERTIFICATE, peer, user.uid(), user.username(), false, request.address());
        }
        if (request.token() != null) {
            User user = tokens.user(request.token()).orElseThrow(DirectorGuard::unknown);
            return new Caller(Auth.TOKEN, null, user.uid(), user.username(), false, request.address());
        }
        throw unknown();
    }

    private Caller serviceOwner(Request request) {
        Caller caller = user(request);
        long sid = number(request, "sid");
        Service service = database.read(s -> Services.find(s, sid)).orElseThrow(() -> Services.missing(sid));
        if (service.uid() != caller.uid()) {
            throw Services.missing(sid);
        }
        return caller;
    }

    private Caller applicationOwner(Request request) {
        Caller caller = user(request);
        long aid = number(request, "aid");
        database.read(s -> Applications.find(s, aid)).filter(a -> a.uid() == caller.uid()).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND,
                "There is no application " + aid + ".", "List your applications to see their ids."));
        return caller;
    }

    private Caller operationOwner(Request request) {
        Caller caller = user(request);
        String id = request.variables().get("id");
        database.read(s -> Operations.find(s, id)).filter(o -> o.uid() == caller.uid()).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND,
                "There is no operation " + id + ".", "List the operations to see their ids."));
        return caller;
    }

    private Caller node(Request request, Role role) {
        Identity peer = request.peer();
        if (peer == null) {
            throw unknown();
        }
        boolean isNode = peer.role() == Role.MANAGER || peer.role() == Role.AGENT;
        if (!isNode || role != null && peer.role() != role) {
            throw forbidden();
        }
        Node node = database.read(s -> Nodes.find(s, peer.node())).orElseThrow(DirectorGuard::forbidden);
        if (node.gone() || node.uid() != peer.uid() || node.sid() != peer.sid()) {
            throw forbidden();
        }
        return Caller.of(peer, request.address());
    }

    private static long number(Request request, String variable) {
        try {
            return Long.parseLong(request.variables().get(variable));
        } catch (NumberFormatException e) {
            throw new ApiException(ErrorCode.NOT_FOUND, "\"" + request.variables().get(variable) + "\" is no id.", "Ids are numbers.", e);
        }
    }

    private static ApiException unknown() {
        return new ApiException(ErrorCode.NOT_AUTHENTICATED, "The director does not know who calls.", "Sign in, or show your certificate.");
    }

    private static ApiException forbidden() {
        return new ApiException(ErrorCode.FORBIDDEN, "This certificate does not give the right to do that.", "Use the certificate made for it.");
    }
}
