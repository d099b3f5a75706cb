package eu.conpaas.director.internal.api;

import java.util.List;

import eu.conpaas.api.Handover;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.director.internal.account.Handovers;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Verb;

/** Members of applications and changes of ownership. */
public final class MemberApi {
    private final Database database;
    private final Members members;
    private final Handovers handovers;
    private final Audit audit;

    public MemberApi(Database database, Members members, Handovers handovers, Audit audit) {
        this.database = database;
        this.members = members;
        this.handovers = handovers;
        this.audit = audit;
    }

    @Expose(verb = Verb.GET, path = "/applications/{aid}/members", access = Access.APPLICATION_VIEWER, help = "Who may do what in an application, the owner first.")
    public List<Member> list(@Param("aid") long aid) {
        return database.read(s -> Members.list(s, aid));
    }

    @Expose(verb = Verb.PUT, path = "/applications/{aid}/members/{username}", access = Access.APPLICATION_OWNER,
            help = "Makes a user a member of an application, or gives a member another role.")
    public Member put(@Param("aid") long aid, @Param("username") String username, @Param(value = "role", help = "DEVELOPER or VIEWER") MemberRole role, Caller caller) {
        Member member = members.put(aid, username, role, caller.name());
        audit.application(caller, aid, "set_member " + role, "application " + aid + " " + member.username());
        return member;
    }

    @Expose(verb = Verb.DELETE, path = "/applications/{aid}/members/{username}", access = Access.APPLICATION_OWNER, help = "Removes a member.")
    public void remove(@Param("aid") long aid, @Param("username") String username, Caller caller) {
        members.remove(aid, username);
        audit.application(caller, aid, "remove_member", "application " + aid + " " + username);
    }

    @Expose(verb = Verb.POST, path = "/applications/{aid}/leave", access = Access.APPLICATION_VIEWER, help = "Ends the caller's own membership.")
    public void leave(@Param("aid") long aid, Caller caller) {
        members.remove(aid, caller.name());
        audit.application(caller, aid, "leave");
    }

    @Expose(verb = Verb.POST, path = "/applications/{aid}/handover", access = Access.APPLICATION_OWNER,
            help = "Offers an application to another user, who owns and pays it from the moment it accepts.")
    public Handover offer(@Param("aid") long aid, @Param("username") String username,
            @Param(value = "stay", required = false, help = "DEVELOPER or VIEWER: what the present owner is to be afterwards") MemberRole stay, Caller caller) {
        Handover offer = handovers.offer(aid, username, stay, caller.name());
        audit.application(caller, aid, "offer_application", "application " + aid + " to " + offer.to());
        return offer;
    }

    @Expose(verb = Verb.GET, path = "/handovers", access = Access.USER, help = "Applications offered to the caller, or by it.")
    public List<Handover> offers(Caller caller) {
        return handovers.list(caller.uid());
    }

    @Expose(verb = Verb.POST, path = "/handovers/{aid}/accept", access = Access.USER, help = "Takes an application that was offered to the caller.")
    public void accept(@Param("aid") long aid, Caller caller) {
        handovers.accept(aid, caller.uid());
        audit.application(caller, aid, "accept_application");
    }

    @Expose(verb = Verb.DELETE, path = "/handovers/{aid}", access = Access.USER, help = "Declines an offer, or takes one's own back.")
    public void drop(@Param("aid") long aid, Caller caller) {
        handovers.drop(aid, caller.uid());
        audit.application(caller, aid, "decline_application");
    }
}
