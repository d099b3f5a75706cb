package eu.conpaas.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.Invited;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NewAccount;
import eu.conpaas.api.NodeCost;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.UserAccount;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;

/** The users of a director, for administrators: every method throws FORBIDDEN for others. */
public final class Users {
    private final HttpRpc http;

    Users(HttpRpc http) {
        this.http = http;
    }

    /**
     * A page of users by id.
     *
     * @param text  part of a name or address, or null
     * @param after id of the last user of the page before, 0 for the first page
     * @param limit most users, 0 for the director's number
     */
    public List<UserAccount> list(String text, long after, int limit) {
        return http.call(HttpCall.get("/users").query("text", text).query("after", after == 0 ? null : after).query("limit", limit == 0 ? null : limit),
                Json.listOf(UserAccount.class));
    }

    public UserAccount get(long uid) {
        return http.call(HttpCall.get(path(uid, "")), UserAccount.class);
    }

    /**
     * Makes an account.
     *
     * @param fields {@code username}, {@code email}; perhaps {@code fname}, {@code lname}, {@code affiliation}, {@code password}, {@code credit}, {@code admin}
     */
    public NewAccount create(Map<String, ?> fields) {
        return http.call(HttpCall.post("/users").json(fields), NewAccount.class);
    }

    /** Shuts a user out at once; its services go on. {@code reason}: is told the user; may be null */
    public UserAccount disable(long uid, String reason) {
        return http.call(HttpCall.post(path(uid, "/disable")).json(present("reason", reason)), UserAccount.class);
    }

    public UserAccount enable(long uid) {
        return http.call(HttpCall.post(path(uid, "/enable")), UserAccount.class);
    }

    public UserAccount setAdministrator(long uid, boolean admin) {
        return http.call(HttpCall.post(path(uid, "/administrator")).json(Map.of("admin", admin)), UserAccount.class);
    }

    /** Makes password, tokens and certificates of a user void. @return the right to choose a new password */
    public OneTime resetPassword(long uid) {
        return http.call(HttpCall.post(path(uid, "/password-reset")), OneTime.class);
    }

    /** Gives credits, or takes free ones back ({@code amount} negative). If the answer gets lost, the call is repeated and gives nothing more. */
    public UserAccount addCredit(long uid, int amount, String reason) {
        return http.call(HttpCall.post(path(uid, "/credit")).json(Map.of("amount", amount, "reason", reason, "request", UUID.randomUUID().toString())).idempotent(),
                UserAccount.class);
    }

    /** A page of a user's ledger, newest first. {@code before}: id of the last entry of the page before, or 0 */
    public List<LedgerEntry> ledger(long uid, long before, int limit) {
        return http.call(Director.page(HttpCall.get(path(uid, "/ledger")), before, limit), Json.listOf(LedgerEntry.class));
    }

    /** Where a user's credits go, and when they run out. */
    public Costs costs(long uid) {
        return http.call(HttpCall.get(path(uid, "/costs")), Costs.class);
    }

    /** All nodes of all users, with what they cost. */
    public List<NodeCost> nodes() {
        return http.call(HttpCall.get("/nodes/all"), Json.listOf(NodeCost.class));
    }

    /** The clouds with the nodes of all users. */
    public List<CloudView> clouds() {
        return http.call(HttpCall.get("/clouds/all"), Json.listOf(CloudView.class));
    }

    /** Deletes an account. @throws eu.conpaas.api.ApiException CONFLICT while it has services */
    public void delete(long uid) {
        http.run(HttpCall.delete(path(uid, "")));
    }

    /** Newest first. */
    public List<Invitation> invitations() {
        return http.call(HttpCall.get("/invitations"), Json.listOf(Invitation.class));
    }

    /**
     * Invites somebody.
     *
     * @param email  the only address it may be used with, or null
     * @param credit credits to begin with, or null for the director's number
     * @param days   how long it is good, or null
     * @param note   kept with it, or null
     */
    public Invited invite(String email, Integer credit, Integer days, String note) {
        Map<String, Object> fields = new LinkedHashMap<>(present("email", email));
        fields.putAll(present("credit", credit));
        fields.putAll(present("days", days));
        fields.putAll(present("note", note));
        return http.call(HttpCall.post("/invitations").json(fields), Invited.class);
    }

    public Invitation withdraw(long invitation) {
        return http.call(HttpCall.delete("/invitations/" + invitation), Invitation.class);
    }

    /**
     * A page of the audit log of all users, newest first.
     *
     * @param uid    whose matter it was, or who did it; 0 for all
     * @param aid    application, 0 for all
     * @param text   part of actor, action or target, or null
     * @param before id of the last entry of the page before, or 0
     */
    public List<AuditEntry> audit(long uid, long aid, String text, long before, int limit) {
        HttpCall call = HttpCall.get("/audit/all").query("uid", uid == 0 ? null : uid).query("aid", aid == 0 ? null : aid).query("text", text);
        return http.call(Director.page(call, before, limit), Json.listOf(AuditEntry.class));
    }

    private static Map<String, Object> present(String name, Object value) {
        return value == null ? Map.of() : Map.of(name, value);
    }

    private static String path(long uid, String rest) {
        return "/users/" + uid + rest;
    }
}
