package eu.conpaas.cli.internal.config;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.UserView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.client.Director;
import eu.conpaas.rpc.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code user create_free}: a new user registers itself; {@code user choose_password}: one made by an administrator chooses its password. */
public final class Registration {
    private static final String[] FIELDS = {"username", "email", "fname", "lname", "affiliation"};

    private Registration() {
    }

    public static Verb verb() {
        Verb verb = Verb.of("create_free", "Register yourself as a new user.", Registration::run).arg("username", "Name to sign in with.")
                .arg("email", "E-mail address.").arg("fname", "First name.").arg("lname", "Last name.").arg("affiliation", "Where you work or study.")
                .opt("--credit", "N", "Credits to begin with, as far as the director allows (default 0).")
                .opt("--invitation", "TOKEN", "Token of an invitation, where the director wants one.");
        return Contact.options(Secret.option(verb));
    }

    /** The verb by which a right to choose a password is used. */
    public static Verb choose() {
        return Contact.options(NewPassword.option(Verb.of("choose_password", "Choose a password by the token an administrator gave you.", call -> {
            try (Director director = new Contact(call).find()) {
                UserView user = director.choosePassword(call.arg("token"), NewPassword.read(call));
                call.print(call.options().json() ? Json.pretty(user) : "The password of " + user.username() + " is chosen. Sign in with 'conpaas credentials'.");
                return Exit.OK;
            }
        }).arg("token", "The token; it is good once.")));
    }

    private static int run(Call call) {
        try (Director director = new Contact(call).find()) {
            String password = Secret.read(call, "Choose a password: ");
            if (!Secret.isGiven(call) && !password.equals(Secret.read(call, "Repeat it: "))) {
                throw CliException.refused(ErrorCode.INVALID_ARGUMENT, "The two passwords differ.", "Try again.");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            for (String field : FIELDS) {
                fields.put(field, call.arg(field));
            }
            fields.put("password", password);
            fields.put("credit", call.opt("credit") == null ? "0" : call.opt("credit"));
            if (call.opt("invitation") != null) {
                fields.put("invitation", call.opt("invitation"));
            }
            UserView user = director.newUser(fields);
            call.print(call.options().json() ? Json.pretty(user) : "User " + call.arg("username") + " is registered. Sign in with 'conpaas credentials'.");
            return Exit.OK;
        }
    }
}
