package eu.conpaas.director.internal.security;

import java.util.Locale;
import java.util.Optional;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.Role;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.pki.Identity;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Caller.Auth;
import eu.conpaas.rpc.Guard;
import eu.conpaas.rpc.Request;
import eu.conpaas.service.plan.CommonMethods;

/**
 * The one place where the director decides who may do what. What belongs to somebody else is answered like what is not there, so that
 * nobody learns of it; members who may see it are told which role they would need. Administrators see every application and may end it and choose its
 * members; to change it, or to get at its code and data, they have to make themselves members, which its owner sees.
 */
public final class DirectorGuard implements Guard {
    private final Database database;
    private final Users users;
    private final Tokens tokens;
    private final Types types;

    public DirectorGuard(Database database, Users users, Tokens tokens, Types types) {
        this.database = database;
        this.users = users;
        this.tokens = tokens;
        this.types = types;
    }

    @Override
    public Caller authorize(Request request, Access access) {
        return switch (access) {
            case PUBLIC -> Caller.anonymous(request.address());
            case PASSWORD -> byPassword(request);
            case PASSWORD_OR_USER -> request.param("username") != null ? byPassword(request) : user(request);
            case USER -> user(request);
            case ADMIN -> administrator(request);
            case SERVICE_VIEWER -> service(request, MemberRole.VIEWER);
            case SERVICE_DEVELOPER -> service(request, MemberRole.DEVELOPER);
            case SERVICE_OWNER -> service(request, MemberRole.OWNER);
            case SERVICE_METHOD -> service(request, null);
            case APPLICATION_VIEWER -> application(request, MemberRole.VIEWER);
            case APPLICATION_DEVELOPER -> application(request, MemberRole.DEVELOPER);
            case APPLICATION_OWNER -> application(request, MemberRole.OWNER);
            case OPERATION_VIEWER -> operation(request, MemberRole.VIEWER);
            case OPERATION_DEVELOPER -> operation(request, MemberRole.DEVELOPER);
            case NODE -> node(request, null);
            case MANAGER -> node(request, Role.MANAGER);
            case DIRECTOR, SERVICE_PEER, UNDECLARED -> throw forbidden();
        };
    }

    private Caller byPassword(Request request) {
        User user = users.authenticate(request.param("username"), request.param("password"));
        return new Caller(Auth.PASSWORD, null, user.uid(), user.username(), user.admin(), request.address());
    }

    private Caller user(Request request) {
        Identity peer = request.peer();
        if (peer != null) {
            if (peer.role() != Role.USER) {
                throw forbidden();
            }
            User user = database.read(s -> Users.byId(s, peer.uid())).orElseThrow(DirectorGuard::unknown).active();
            return new Caller(Auth.CERTIFICATE, peer, user.uid(), user.username(), user.admin(), request.address());
        }
        if (request.token() != null) {
            User user = tokens.user(request.token()).orElseThrow(DirectorGuard::unknown).active();
            return new Caller(Auth.TOKEN, null, user.uid(), user.username(), user.admin(), request.address());
        }
        throw unknown();
    }

    private Caller administrator(Request request) {
        Caller caller = user(request);
        if (!caller.admin()) {
            throw new ApiException(ErrorCode.FORBIDDEN, "Only administrators may do that.", "Ask your administrator.");
        }
        return caller;
    }

    /** @param needed null: what the method needs */
    private Caller service(Request request, MemberRole needed) {
        Caller caller = user(request);
        long sid = number(request, "sid");
        Service service = database.read(s -> Services.find(s, sid)).orElseThrow(() -> Services.missing(sid));
        MemberRole role = needed != null ? needed : neededFor(service, request.variables().get("method"));
        require(caller, service.aid(), role, Services.missing(sid));
        return caller;
    }

    /** A method nobody knows is answered as such to those who may change something. */
    private MemberRole neededFor(Service service, String method) {
        boolean viewers = types.names().contains(service.type()) && CommonMethods.isForViewers(types.descriptor(service.type()), method);
        return viewers ? MemberRole.VIEWER : MemberRole.DEVELOPER;
    }

    private Caller application(Request request, MemberRole needed) {
        Caller caller = user(request);
        long aid = number(request, "aid");
        require(caller, aid, needed, new ApiException(ErrorCode.NOT_FOUND, "There is no application " + aid + ".", "List your applications to see their ids."));
        return caller;
    }

    private Caller operation(Request request, MemberRole needed) {
        Caller caller = user(request);
        String id = request.variables().get("id");
        ApiException missing = new ApiException(ErrorCode.NOT_FOUND, "There is no operation " + id + ".", "List the operations to see their ids.");
        OperationRow operation = database.read(s -> Operations.find(s, id)).orElseThrow(() -> missing);
        boolean past = database.read(s -> isDropped(s, operation.aid())) && operation.uid() == caller.uid();
        if (!past) {
            require(caller, operation.aid(), needed, missing);
        }
        return caller;
    }

    /** What was done to an application that is no more stays its owner's. */
    private static boolean isDropped(Session s, long aid) {
        return s.number("SELECT count(*) FROM application WHERE aid = ?", aid) == 0;
    }

    private void require(Caller caller, long aid, MemberRole needed, ApiException missing) {
        Optional<MemberRole> role = database.read(s -> Members.role(s, aid, caller.uid()));
        if (role.filter(r -> r.includes(needed)).isPresent() || caller.admin() && needed != MemberRole.DEVELOPER && database.read(s -> !isDropped(s, aid))) {
            return;
        }
        if (role.isEmpty() && !caller.admin()) {
            throw missing;
        }
        String present = role.map(r -> "a " + word(r) + " of application " + aid).orElse("no member of application " + aid);
        throw new ApiException(ErrorCode.FORBIDDEN, "You are " + present + ", and this is for " + (needed == MemberRole.OWNER ? "its owner." : "those who are at least " + word(needed) + "."),
                role.isEmpty() ? "Make yourself a member; its owner will see it." : "Ask its owner.");
    }

    private static String word(MemberRole role) {
        return role.name().toLowerCase(Locale.ROOT);
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
        if (node.gone() || node.tenant() != peer.uid() || node.sid() != peer.sid()) {
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
