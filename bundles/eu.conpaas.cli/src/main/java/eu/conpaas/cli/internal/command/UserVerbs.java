package eu.conpaas.cli.internal.command;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.Invited;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NewAccount;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.UserAccount;
import eu.conpaas.api.UserView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.config.NewPassword;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.client.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Commands with which administrators look after users, and users after their own password. */
final class UserVerbs {
    private static final String NAME = "User name.";
    private static final int PAGE = 500;

    private UserVerbs() {
    }

    /** Verbs of the object {@code user}, beside those of the own account. */
    static List<Verb> all() {
        return List.of(
                Verb.of("show", "Show who you are.", UserVerbs::show),
                NewPassword.option(Verb.of("change_password", "Change your password.", UserVerbs::changePassword))
                        .opt("--everywhere", null, "Make all your tokens and certificates void too; then sign in again."),
                Verb.of("list", "List the users (administrators).", UserVerbs::list).opt("--text", "TEXT", "Only those with this in name or address.")
                        .opt("--credit", null, "Show what they have and spend, too."),
                NewPassword.option(Verb.of("create", "Make an account (administrators); without a password it prints the right to choose one.", UserVerbs::create)
                        .arg("username", NAME).arg("email", "E-mail address.").opt("--fname", "NAME", "First name.").opt("--lname", "NAME", "Last name.")
                        .opt("--affiliation", "TEXT", "Where the user works or studies.").opt("--credit", "N", "Credits to begin with.")
                        .opt("--admin", null, "Make it an administrator.")),
                Verb.of("invite", "Invite somebody to register (administrators).", UserVerbs::invite).opt("--email", "EMAIL", "The only address it may be used with.")
                        .opt("--credit", "N", "Credits to begin with.").opt("--days", "N", "How long it is good (default 14).").opt("--note", "TEXT", "Kept with it."),
                Verb.of("list_invitations", "List invitations (administrators).", UserVerbs::invitations),
                Verb.of("withdraw_invitation", "Make an invitation void (administrators).", UserVerbs::withdraw).arg("id", "Id of the invitation."),
                Verb.of("disable", "Shut a user out at once; its services go on (administrators).", account(
                        (call, uid) -> users(call).disable(uid, call.opt("reason")), "disabled")).arg("username", NAME).opt("--reason", "TEXT", "Is told the user."),
                Verb.of("enable", "Let a user in again (administrators).", account((call, uid) -> users(call).enable(uid), "enabled")).arg("username", NAME),
                Verb.of("make_admin", "Make a user an administrator (administrators).", account(
                        (call, uid) -> users(call).setAdministrator(uid, true), "an administrator")).arg("username", NAME),
                Verb.of("unmake_admin", "Make an administrator an ordinary user (administrators).", account(
                        (call, uid) -> users(call).setAdministrator(uid, false), "no administrator any more")).arg("username", NAME),
                Verb.of("reset_password", "Make a user's password, tokens and certificates void (administrators).", UserVerbs::reset).arg("username", NAME),
                Verb.of("add_credit", "Give a user credits, or take free ones back (administrators).", UserVerbs::addCredit).arg("username", NAME)
                        .arg("n", "How many; negative to take back.").arg("reason", "Why; stays in the ledger."),
                Verb.of("get_ledger", "List what a user was charged and credited (administrators).", UserVerbs::ledger).arg("username", NAME),
                Verb.of("delete", "Delete an account without services (administrators).", UserVerbs::delete).arg("username", NAME));
    }

    private static Users users(Call call) {
        return call.cli().session().director().users();
    }

    private static UserAccount named(Call call) {
        String name = call.arg("username");
        return users(call).list(name, 0, 0).stream().filter(u -> u.user().username().equals(name)).findFirst()
                .orElseThrow(() -> CliException.refused(ErrorCode.NOT_FOUND, "There is no user called " + name + ".", "See 'conpaas user list'."));
    }

    /** What is done to one account, and the word for what it is then. */
    private static Verb.Action account(BiFunction<Call, Long, UserAccount> change, String word) {
        return call -> {
            UserAccount after = change.apply(call, named(call).user().uid());
            return Outcome.message(call, after.user().username() + " is " + word + ".", after);
        };
    }

    private static int show(Call call) {
        UserView user = call.cli().session().director().account();
        if (call.options().json()) {
            return Outcome.json(call, user);
        }
        call.print("username: " + user.username());
        call.print("uid: " + user.uid());
        call.print("email: " + user.email());
        call.print("administrator: " + (user.admin() ? "yes" : "no"));
        call.print("credit: " + user.credit());
        return Exit.OK;
    }

    private static int changePassword(Call call) {
        String present = NewPassword.present(call);
        call.cli().session().director().changePassword(present, NewPassword.read(call), call.has("everywhere"));
        return Outcome.message(call, "The password is changed." + (call.has("everywhere") ? " Sign in again with 'conpaas credentials'." : ""), Map.of("changed", true));
    }

    private static int list(Call call) {
        List<UserAccount> all = new ArrayList<>();
        List<UserAccount> page;
        do {
            page = users(call).list(call.opt("text"), all.isEmpty() ? 0 : all.getLast().user().uid(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        List<String> columns = new ArrayList<>(List.of("uid", "username", "email", "role", "state", "services", "nodes"));
        if (call.has("credit")) {
            columns.addAll(List.of("credit", "held", "per_hour"));
        }
        return Outcome.table(call, all, columns, all.stream().map(u -> Outcome.row("uid", u.user().uid(), "username", u.user().username(), "email", u.user().email(),
                "role", u.user().admin() ? "administrator" : "user", "state", u.disabled() == null ? "active" : "disabled", "services", u.services(), "nodes", u.nodes(),
                "credit", u.user().credit(), "held", u.held(), "per_hour", u.creditsPerHour())).toList(), "No users");
    }

    private static int create(Call call) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("username", call.arg("username"), "email", call.arg("email")));
        for (String option : List.of("fname", "lname", "affiliation")) {
            if (call.opt(option) != null) {
                fields.put(option, call.opt(option));
            }
        }
        if (call.opt("credit") != null) {
            fields.put("credit", Call.number("--credit", call.opt("credit")));
        }
        fields.put("admin", call.has("admin"));
        if (NewPassword.isGiven(call)) {
            fields.put("password", NewPassword.read(call));
        }
        NewAccount made = users(call).create(fields);
        if (call.options().json()) {
            return Outcome.json(call, made);
        }
        call.print("User " + made.account().user().username() + " (uid " + made.account().user().uid() + ") has " + made.account().user().credit() + " credits.");
        if (made.password() != null) {
            right(call, made.password());
        }
        return Exit.OK;
    }

    private static void right(Call call, OneTime right) {
        call.print("Right to choose a password, good once until " + right.expires() + ":");
        call.print("token: " + right.token());
        call.print("link: " + right.link());
    }

    private static int reset(Call call) {
        OneTime right = users(call).resetPassword(named(call).user().uid());
        if (call.options().json()) {
            return Outcome.json(call, right);
        }
        right(call, right);
        return Exit.OK;
    }

    private static int invite(Call call) {
        Integer credit = call.opt("credit") == null ? null : (int) Call.number("--credit", call.opt("credit"));
        Integer days = call.opt("days") == null ? null : (int) Call.number("--days", call.opt("days"));
        Invited invited = users(call).invite(call.opt("email"), credit, days, call.opt("note"));
        if (call.options().json()) {
            return Outcome.json(call, invited);
        }
        call.print("Invitation " + invited.invitation().id() + ", good for one account with " + invited.invitation().credit() + " credits until "
                + invited.invitation().expires() + ":");
        call.print("token: " + invited.secret().token());
        call.print("link: " + invited.secret().link());
        return Exit.OK;
    }

    private static int invitations(Call call) {
        List<Invitation> all = users(call).invitations();
        return Outcome.table(call, all, List.of("id", "state", "email", "credit", "expires", "by", "used_by", "note"), all.stream().map(i -> Outcome.row("id", i.id(),
                "state", i.state(), "email", i.email(), "credit", i.credit(), "expires", i.expires(), "by", i.by(), "used_by", i.usedBy(), "note", i.note())).toList(),
                "No invitations");
    }

    private static int withdraw(Call call) {
        Invitation invitation = users(call).withdraw(call.number("id"));
        return Outcome.message(call, "Invitation " + invitation.id() + " is void.", invitation);
    }

    private static int addCredit(Call call) {
        UserAccount after = users(call).addCredit(named(call).user().uid(), (int) call.number("n"), call.arg("reason"));
        return Outcome.message(call, after.user().username() + " has " + after.user().credit() + " credits.", after);
    }

    private static int ledger(Call call) {
        List<LedgerEntry> entries = users(call).ledger(named(call).user().uid(), 0, 0);
        return AccountVerbs.ledger(call, entries);
    }

    private static int delete(Call call) {
        UserAccount account = named(call);
        String question = "Delete the account " + account.user().username() + " with its " + account.applications() + " empty applications and " + account.user().credit() + " credits?";
        if (!call.options().yes() && (!call.terminal().isInteractive() || !call.terminal().confirm(question))) {
            throw CliException.refused(ErrorCode.CONFIRMATION_NEEDED, "Nothing was deleted.", "Call it with --yes.");
        }
        users(call).delete(account.user().uid());
        return Outcome.message(call, account.user().username() + " is deleted.", account);
    }
}
