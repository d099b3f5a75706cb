package eu.conpaas.director.internal.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Invited;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NewAccount;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.UserAccount;
import eu.conpaas.director.internal.account.Accounts;
import eu.conpaas.director.internal.account.Invitations;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.account.PasswordRights;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Verb;

/** Users, as administrators look after them. Every change is in the audit log of both. */
public final class UserApi {
    private static final int PAGE = 500;
    private static final int INVITATION_DAYS = 14;
    private final Database database;
    private final Users users;
    private final Accounts accounts;
    private final Invitations invitations;
    private final PasswordRights passwords;
    private final Members members;
    private final Ledger ledger;
    private final Events events;
    private final Audit audit;
    private final String url;

    /** @param url of this director, for links */
    public UserApi(Database database, Users users, Accounts accounts, Invitations invitations, PasswordRights passwords, Members members, Ledger ledger,
            Events events, Audit audit, String url) {
        this.database = database;
        this.users = users;
        this.accounts = accounts;
        this.invitations = invitations;
        this.passwords = passwords;
        this.members = members;
        this.ledger = ledger;
        this.events = events;
        this.audit = audit;
        this.url = url;
    }

    @Expose(verb = Verb.GET, path = "/users", access = Access.ADMIN, help = "Users with their credits, by id.")
    public List<UserAccount> list(@Param(value = "text", required = false, help = "part of name or address") String text,
            @Param(value = "after", required = false, help = "id of the last user of the page before") long after,
            @Param(value = "limit", required = false, help = "most users, 500 by default") int limit) {
        return accounts.list(text, after, Paging.limit(limit, PAGE));
    }

    @Expose(verb = Verb.GET, path = "/users/{uid}", access = Access.ADMIN, help = "A user with its credits.")
    public UserAccount get(@Param("uid") long uid) {
        return accounts.get(uid);
    }

    @Expose(verb = Verb.POST, path = "/users", access = Access.ADMIN,
            help = "Makes an account; without a password the answer has a right to choose one, which is good once.")
    public NewAccount create(@Param("username") String username, @Param("email") String email, @Param(value = "fname", required = false) String fname,
            @Param(value = "lname", required = false) String lname, @Param(value = "affiliation", required = false) String affiliation,
            @Param(value = "password", required = false) String password, @Param(value = "credit", required = false, help = "INITIAL_CREDIT by default") Integer credit,
            @Param(value = "admin", required = false) boolean admin, Caller caller) {
        Map<String, String> fields = new HashMap<>(Map.of("username", username, "email", email));
        put(fields, "fname", fname);
        put(fields, "lname", lname);
        put(fields, "affiliation", affiliation);
        put(fields, "password", password);
        User user = users.addByAdministrator(fields, admin, credit == null ? users.initialCredit() : credit);
        audit.user(caller, user.uid(), admin ? "create_user as administrator" : "create_user", user.username());
        boolean chosen = password != null && !password.isEmpty();
        return new NewAccount(accounts.get(user.uid()), chosen ? null : oneTime(database.write(s -> passwords.give(s, user.uid()))));
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private OneTime oneTime(PasswordRights.Right right) {
        return Invitations.oneTime(url, "password", right.secret(), right.expires());
    }

    @Expose(verb = Verb.POST, path = "/users/{uid}/disable", access = Access.ADMIN, help = "Shuts a user out at once; its services go on and are paid.")
    public UserAccount disable(@Param("uid") long uid, @Param(value = "reason", required = false, help = "is told the user") String reason, Caller caller) {
        if (uid == caller.uid()) {
            throw new ApiException(ErrorCode.CONFLICT, "You would shut yourself out.", "Ask another administrator to do it.");
        }
        accounts.disable(uid, reason);
        return changed(caller, uid, "disable_user" + (reason == null || reason.isBlank() ? "" : ": " + reason.strip()));
    }

    @Expose(verb = Verb.POST, path = "/users/{uid}/enable", access = Access.ADMIN, help = "Lets a user in again.")
    public UserAccount enable(@Param("uid") long uid, Caller caller) {
        accounts.enable(uid);
        return changed(caller, uid, "enable_user");
    }

    @Expose(verb = Verb.POST, path = "/users/{uid}/administrator", access = Access.ADMIN, help = "Makes a user an administrator, or no longer one.")
    public UserAccount administrator(@Param("uid") long uid, @Param("admin") boolean admin, Caller caller) {
        accounts.setAdministrator(uid, admin);
        return changed(caller, uid, admin ? "make_administrator" : "unmake_administrator");
    }

    private UserAccount changed(Caller caller, long uid, String action) {
        UserAccount account = accounts.get(uid);
        audit.user(caller, uid, action, account.user().username());
        members.changedFor(uid);
        return account;
    }

    @Expose(verb = Verb.POST, path = "/users/{uid}/password-reset", access = Access.ADMIN,
            help = "Makes password, tokens and certificates of a user void; the answer is a right to choose a new password, which is good once.")
    public OneTime reset(@Param("uid") long uid, Caller caller) {
        PasswordRights.Right right = passwords.reset(uid);
        changed(caller, uid, "reset_password");
        return oneTime(right);
    }

    @Expose(verb = Verb.POST, path = "/users/{uid}/credit", access = Access.ADMIN, help = "Gives a user credits, or takes free ones back; the reason stays in the ledger.")
    public UserAccount credit(@Param("uid") long uid, @Param(value = "amount", help = "negative to take back") int amount, @Param("reason") String reason,
            @Param(value = "request", required = false, help = "id made up by the caller: the same again gives nothing more") String request, Caller caller) {
        database.write(s -> {
            ledger.give(s, Users.get(s, uid).uid(), amount, reason, request == null ? null : caller.uid() + ":" + request);
            events.add(s, "credit", uid, 0, 0, Map.of("credit", Ledger.credit(s, uid)));
            return null;
        });
        audit.user(caller, uid, "add_credit " + amount + ": " + reason.strip(), "user " + uid);
        return accounts.get(uid);
    }

    @Expose(verb = Verb.GET, path = "/users/{uid}/ledger", access = Access.ADMIN, help = "A user's ledger, newest first.")
    public List<LedgerEntry> ledger(@Param("uid") long uid, @Param(value = "before", required = false, help = "id of the last entry of the page before") long before,
            @Param(value = "limit", required = false, help = "most entries, 500 by default") int limit) {
        return database.read(s -> Ledger.entries(s, Users.get(s, uid).uid(), before, Paging.limit(limit, PAGE)));
    }

    @Expose(verb = Verb.DELETE, path = "/users/{uid}", access = Access.ADMIN,
            help = "Deletes an account that has no services any more; ledger and audit log keep its lines, without name.")
    public void delete(@Param("uid") long uid, Caller caller) {
        if (uid == caller.uid()) {
            throw new ApiException(ErrorCode.CONFLICT, "You would delete yourself.", "Ask another administrator to do it.");
        }
        accounts.delete(uid);
        audit.user(caller, uid, "delete_user", "user " + uid);
    }

    @Expose(verb = Verb.GET, path = "/invitations", access = Access.ADMIN, help = "Invitations, newest first; their secrets are not kept.")
    public List<Invitation> invitations() {
        return invitations.list();
    }

    @Expose(verb = Verb.POST, path = "/invitations", access = Access.ADMIN, help = "Invites somebody: the answer has the secret that registers one account.")
    public Invited invite(@Param(value = "email", required = false, help = "the only address it may be used with") String email,
            @Param(value = "credit", required = false, help = "INITIAL_CREDIT by default") Integer credit,
            @Param(value = "days", required = false, help = "how long it is good, 14 by default") Integer days, @Param(value = "note", required = false) String note,
            Caller caller) {
        Invitations.Made made = invitations.make(email, credit == null ? users.initialCredit() : credit, days == null ? INVITATION_DAYS : days, note, caller.name());
        audit.own(caller, "invite", "invitation " + made.invitation().id() + (email == null ? "" : " for " + email));
        return new Invited(made.invitation(), Invitations.oneTime(url, "invitation", made.secret(), made.invitation().expires()));
    }

    @Expose(verb = Verb.DELETE, path = "/invitations/{invitation}", access = Access.ADMIN, help = "Makes an open invitation void.")
    public Invitation withdraw(@Param("invitation") long id, Caller caller) {
        Invitation invitation = invitations.withdraw(id);
        audit.own(caller, "withdraw_invitation", "invitation " + id);
        return invitation;
    }
}
