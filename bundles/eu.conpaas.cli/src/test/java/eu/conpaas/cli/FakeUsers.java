package eu.conpaas.cli;

import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.Credit;
import eu.conpaas.api.Handover;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.Invited;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.NewAccount;
import eu.conpaas.api.NodeCost;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.UserAccount;
import eu.conpaas.api.UserView;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Verb;
import java.time.Instant;
import java.util.List;

/** The fake director's paths about users and members: alice is an administrator, bob a user. */
record FakeUsers(FakeDirector director) {
    private static final long BOB = 8;
    private static final Instant LATER = FakeDirector.TIME.plusSeconds(3600);

    void serve() {
        director.on(Verb.GET, "/account", call -> user(FakeDirector.UID, "alice", 42, true));
        director.on(Verb.GET, "/users", call -> List.of(account(FakeDirector.UID, "alice", 42, true, null), account(BOB, "bob", 10, false, null)).stream()
                .filter(u -> call.string("text") == null || u.user().username().equals(call.string("text"))).toList());
        director.on(Verb.POST, "/users", call -> new NewAccount(account(9, call.string("username"), call.get("credit") == null ? 50 : call.integer("credit"), call.flag("admin"), null),
                new OneTime("s3cret", "DIRECTOR/console#password=s3cret", LATER)), number("credit"));
        director.on(Verb.POST, "/users/{uid}/disable", call -> account(BOB, "bob", 10, false, FakeDirector.TIME));
        director.on(Verb.POST, "/users/{uid}/enable", call -> account(BOB, "bob", 10, false, null));
        director.on(Verb.POST, "/users/{uid}/administrator", call -> account(BOB, "bob", 10, call.flag("admin"), null));
        director.on(Verb.POST, "/users/{uid}/password-reset", call -> new OneTime("s3cret", "DIRECTOR/console#password=s3cret", LATER));
        director.on(Verb.POST, "/users/{uid}/credit", call -> account(BOB, "bob", 10 + call.integer("amount"), false, null), number("amount"));
        director.on(Verb.GET, "/users/{uid}/ledger", call -> List.of(new LedgerEntry(3, FakeDirector.TIME, "GRANT", null, null, 0, 25, "for the course")));
        director.on(Verb.DELETE, "/users/{uid}", call -> null);
        director.on(Verb.GET, "/invitations", call -> List.of(invitation(Invitation.State.OPEN)));
        director.on(Verb.POST, "/invitations", call -> new Invited(invitation(Invitation.State.OPEN), new OneTime("s3cret", "DIRECTOR/console#invitation=s3cret", LATER)));
        director.on(Verb.DELETE, "/invitations/{invitation}", call -> invitation(Invitation.State.WITHDRAWN));
        director.on(Verb.GET, "/clouds", call -> List.of(cloud(null)));
        director.on(Verb.GET, "/clouds/all", call -> List.of(cloud(5)));
        director.on(Verb.GET, "/costs", call -> new Costs(new Credit(42, 1, 3, LATER), 9,
                List.of(new Costs.OfApplication(1, "New Application", 3, List.of(new Costs.OfService(1, "shop", "php", 3, 3, 9, 30))))));
        director.on(Verb.GET, "/nodes/all", call -> List.of(new NodeCost(new NodeView("n1", 1, 1, NodeKind.MANAGER, NodeState.READY, "default", "vm-1", "10.1.0.1", 443,
                FakeDirector.TIME, FakeDirector.TIME, LATER), BOB, "bob", "New Application", "shop", "php", 1, 10)));
        director.on(Verb.GET, "/audit", this::audit);
        director.on(Verb.GET, "/audit/all", this::audit);
        director.on(Verb.GET, "/applications/{aid}/members", call -> List.of(member("alice", MemberRole.OWNER), member("bob", MemberRole.VIEWER)));
        director.on(Verb.PUT, "/applications/{aid}/members/{username}", call -> member("bob", MemberRole.valueOf(call.string("role"))));
        director.on(Verb.DELETE, "/applications/{aid}/members/{username}", call -> null);
        director.on(Verb.POST, "/applications/{aid}/leave", call -> null);
        director.on(Verb.POST, "/applications/{aid}/handover", call -> handover());
        director.on(Verb.GET, "/handovers", call -> List.of(handover()));
        director.on(Verb.POST, "/handovers/{aid}/accept", call -> null);
        director.on(Verb.DELETE, "/handovers/{aid}", call -> null);
    }

    private static ParamDef number(String name) {
        return ParamDef.optional(name, ParamDef.Type.INTEGER);
    }

    private List<AuditEntry> audit(Call call) {
        return List.of(new AuditEntry(2, FakeDirector.TIME, BOB, "alice", "add_credit 25: for the course", "user 8", "ok", 0),
                new AuditEntry(1, FakeDirector.TIME, FakeDirector.UID, "bob", "startup", "service 1", "ok", 1));
    }

    private static UserView user(long uid, String name, long credit, boolean admin) {
        return new UserView(uid, name, "", "", name + "@example.org", "", credit, FakeDirector.TIME, admin);
    }

    private static UserAccount account(long uid, String name, long credit, boolean admin, Instant disabled) {
        return new UserAccount(user(uid, name, credit, admin), disabled, null, 1, 3, 2, 1, 3);
    }

    private static Invitation invitation(Invitation.State state) {
        return new Invitation(4, "eve@example.org", 50, "for the course", "alice", FakeDirector.TIME, LATER, state, null);
    }

    private static CloudView cloud(Integer all) {
        return new CloudView("default", "local", true, null, List.of("ADDRESS", "SHARED_FOLDER"), List.of("no isolation"), 3, all, 1);
    }

    private static Member member(String name, MemberRole role) {
        return new Member(name.equals("bob") ? BOB : FakeDirector.UID, name, role, FakeDirector.TIME, "alice");
    }

    private static Handover handover() {
        return new Handover(7, "shop", "alice", "bob", MemberRole.VIEWER, 3, LATER);
    }
}
