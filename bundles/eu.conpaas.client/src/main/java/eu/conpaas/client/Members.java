package eu.conpaas.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.Handover;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;

/** Who may do what in applications, and changes of ownership. */
public final class Members {
    private final HttpRpc http;

    Members(HttpRpc http) {
        this.http = http;
    }

    /** The owner first. */
    public List<Member> list(long aid) {
        return http.call(HttpCall.get(path(aid, "/members")), Json.listOf(Member.class));
    }

    /** Adds a member or gives one another role, {@code DEVELOPER} or {@code VIEWER}. */
    public Member put(long aid, String username, MemberRole role) {
        return http.call(HttpCall.put(path(aid, "/members/" + HttpCall.segment(username))).json(Map.of("role", role)), Member.class);
    }

    public void remove(long aid, String username) {
        http.run(HttpCall.delete(path(aid, "/members/" + HttpCall.segment(username))));
    }

    /** Ends one's own membership. */
    public void leave(long aid) {
        http.run(HttpCall.post(path(aid, "/leave")));
    }

    /**
     * Offers an application to another user, who owns and pays it from the moment it accepts.
     *
     * @param stay what the present owner is to be afterwards, or null for nothing
     */
    public Handover offer(long aid, String username, MemberRole stay) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("username", username));
        if (stay != null) {
            fields.put("stay", stay);
        }
        return http.call(HttpCall.post(path(aid, "/handover")).json(fields), Handover.class);
    }

    /** Offers to the user and by it. */
    public List<Handover> offers() {
        return http.call(HttpCall.get("/handovers"), Json.listOf(Handover.class));
    }

    /** @throws eu.conpaas.api.ApiException WRONG_STATE, NOT_ENOUGH_CREDITS, CONFLICT */
    public void accept(long aid) {
        http.run(HttpCall.post("/handovers/" + aid + "/accept"));
    }

    /** Declines an offer, or takes one's own back. */
    public void drop(long aid) {
        http.run(HttpCall.delete("/handovers/" + aid));
    }

    private static String path(long aid, String rest) {
        return "/applications/" + aid + rest;
    }
}
