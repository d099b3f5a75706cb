package eu.conpaas.director.internal.api;

import java.time.Clock;
import java.util.List;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.Credit;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.UserView;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.node.Spending;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Verb;

/** A user's own account, and the record of what was done. */
public final class AccountApi {
    private static final int PAGE = 500;
    private final Database database;
    private final Clock clock;

    public AccountApi(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Expose(verb = Verb.GET, path = "/account", access = Access.USER, help = "Who the caller is, with its credits.")
    public UserView account(Caller caller) {
        return database.read(s -> Users.get(s, caller.uid()).view(Ledger.credit(s, caller.uid())));
    }

    @Expose(verb = Verb.GET, path = "/credit", access = Access.USER, help = "Credits of the user, and when they run out if all goes on as it is.")
    public Credit credit(Caller caller) {
        return database.read(s -> Spending.credit(s, caller.uid(), clock.instant()));
    }

    @Expose(verb = Verb.GET, path = "/ledger", access = Access.USER, help = "The user's ledger, newest first.")
    public List<LedgerEntry> ledger(Caller caller, @Param(value = "before", required = false, help = "id of the last entry of the page before") long before,
            @Param(value = "limit", required = false, help = "most entries, 500 by default") int limit) {
        return database.read(s -> Ledger.entries(s, caller.uid(), before, Paging.limit(limit, PAGE)));
    }

    @Expose(verb = Verb.GET, path = "/audit", access = Access.USER, help = "What was done by the user, or by others to what it owns, newest first.")
    public List<AuditEntry> audit(Caller caller, @Param(value = "before", required = false, help = "id of the last entry of the page before") long before,
            @Param(value = "limit", required = false, help = "most entries, 500 by default") int limit) {
        return database.read(s -> Audit.of(s, caller.uid(), before, Paging.limit(limit, PAGE)));
    }

    @Expose(verb = Verb.GET, path = "/audit/all", access = Access.ADMIN, help = "What was done by anybody, newest first.")
    public List<AuditEntry> auditAll(@Param(value = "uid", required = false, help = "whose matter it was, or who did it") long uid,
            @Param(value = "aid", required = false) long aid, @Param(value = "text", required = false, help = "part of actor, action or target") String text,
            @Param(value = "before", required = false, help = "id of the last entry of the page before") long before,
            @Param(value = "limit", required = false, help = "most entries, 500 by default") int limit) {
        return database.read(s -> Audit.all(s, uid, aid, text, before, Paging.limit(limit, PAGE)));
    }

    @Expose(verb = Verb.GET, path = "/nodes", access = Access.USER, help = "All nodes that are there, of applications the user owns or is a member of.")
    public List<NodeView> nodes(Caller caller) {
        return database.read(s -> Nodes.seenBy(s, caller.uid())).stream().map(Node::view).toList();
    }
}
