package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Handover;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.client.Members;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Commands about the members of applications, and about handing applications over. */
final class MemberVerbs {
    private static final String AID = "Application id or name.";
    private static final String USER = "User name.";

    private MemberVerbs() {
    }

    /** Verbs of the object {@code application}. */
    static List<Verb> all() {
        return List.of(
                Verb.of("members", "List who may do what in an application.", MemberVerbs::list).arg("aid", AID),
                Verb.of("add_member", "Make a user a member, or give a member another role.", MemberVerbs::add).arg("aid", AID).arg("username", USER)
                        .arg("role", "developer (changes services at the owner's cost) or viewer (only looks)."),
                Verb.of("remove_member", "Remove a member.", MemberVerbs::remove).arg("aid", AID).arg("username", USER),
                Verb.of("leave", "End your own membership.", MemberVerbs::leave).arg("aid", AID),
                Verb.of("hand_over", "Offer an application to another user, who pays for it once it accepts.", MemberVerbs::offer).arg("aid", AID)
                        .arg("username", USER).opt("--stay", "ROLE", "What you are to be afterwards: developer or viewer."),
                Verb.of("offers", "List applications offered to you, or by you.", MemberVerbs::offers),
                Verb.of("accept", "Take an application that is offered to you, and pay for it from now on.", MemberVerbs::accept).arg("id", "Application id."),
                Verb.of("decline", "Decline an offer, or take your own back.", MemberVerbs::decline).arg("id", "Application id."));
    }

    private static Members members(Call call) {
        return call.cli().session().director().members();
    }

    private static long aid(Call call) {
        return call.cli().session().application(call.arg("aid")).aid();
    }

    private static MemberRole role(String text) {
        return Arrays.stream(MemberRole.values()).filter(r -> r != MemberRole.OWNER && r.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> CliException.usage("'" + text + "' is no role.", "Choose developer or viewer."));
    }

    private static String word(MemberRole role) {
        return role == null ? "" : role.name().toLowerCase(Locale.ROOT);
    }

    private static int list(Call call) {
        List<Member> members = members(call).list(aid(call));
        return Outcome.table(call, members, List.of("username", "role", "since", "by"), members.stream().map(m -> Outcome.row("username", m.username(),
                "role", word(m.role()), "since", m.since(), "by", m.by())).toList(), "No members");
    }

    private static int add(Call call) {
        MemberRole role = role(call.arg("role"));
        Member member = members(call).put(aid(call), call.arg("username"), role);
        return Outcome.message(call, member.username() + " is a " + word(member.role()) + " of it.", member);
    }

    private static int remove(Call call) {
        members(call).remove(aid(call), call.arg("username"));
        return Outcome.message(call, call.arg("username") + " is no member of it any more.", Map.of("removed", call.arg("username")));
    }

    private static int leave(Call call) {
        long aid = aid(call);
        members(call).leave(aid);
        return Outcome.message(call, "You are no member of it any more.", Map.of("left", aid));
    }

    private static int offer(Call call) {
        MemberRole stay = call.opt("stay") == null ? null : role(call.opt("stay"));
        Handover offer = members(call).offer(aid(call), call.arg("username"), stay);
        return Outcome.message(call, offer.name() + " is offered to " + offer.to() + " until " + offer.expires() + "; it costs " + offer.perHour() + " credits an hour now.", offer);
    }

    private static int offers(Call call) {
        List<Handover> offers = members(call).offers();
        return Outcome.table(call, offers, List.of("id", "name", "from", "to", "per_hour", "stay", "expires"), offers.stream().map(o -> Outcome.row("id", o.aid(),
                "name", o.name(), "from", o.from(), "to", o.to(), "per_hour", o.perHour(), "stay", word(o.stay()), "expires", o.expires())).toList(), "No offers");
    }

    private static int accept(Call call) {
        members(call).accept(call.number("id"));
        return Outcome.message(call, "Application " + call.arg("id") + " is yours; you pay for it from now on.", Map.of("accepted", call.number("id")));
    }

    private static int decline(Call call) {
        members(call).drop(call.number("id"));
        return Outcome.message(call, "The offer is void.", Map.of("declined", call.number("id")));
    }
}
