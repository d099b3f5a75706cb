package eu.conpaas.cli.internal.config;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.io.Terminal;
import eu.conpaas.client.Director;
import eu.conpaas.client.Home;
import eu.conpaas.pki.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Signing in: which director, is it the right one, who are you; then the user's certificate is fetched. Questions are asked on a
 * terminal only; elsewhere the answers are options.
 */
public final class SignIn {
    private static final int ATTEMPTS = 3;
    private final Call call;
    private final Terminal terminal;
    private final Home home;
    private final Contact contact;

    public SignIn(Call call) {
        this.call = call;
        this.terminal = call.terminal();
        this.home = call.cli().home();
        this.contact = new Contact(call);
    }

    /** The options with which questions are answered beforehand. */
    public static Verb options(Verb verb) {
        return Contact.options(Secret.option(verb.opt("--username", "NAME", "Your user name.")));
    }

    /** {@code credentials}. */
    public void run() {
        try (Director director = contact.find()) {
            fetch(director, true);
        }
    }

    /** {@code getcerts}: the saved director and user, silent unless something must be asked. */
    public void refetch() {
        if (home.read(Home.TARGET).isEmpty() && call.options().value("director") == null) {
            run();
            return;
        }
        try (Director director = contact.saved()) {
            fetch(director, false);
        }
    }

    private void fetch(Director director, boolean all) {
        for (int attempt = 1; ; attempt++) {
            String username = username(all);
            String password = Secret.read(call, "Enter your password: ");
            if (knows(director, username, password)) {
                save(director, username, director.certificates(username, password));
                if (all) {
                    call.print("Authentication succeeded");
                }
                call.cli().descriptors().store(director.descriptors());
                return;
            }
            call.print("Authentication failure");
            if (!terminal.isInteractive() || Secret.isGiven(call) || attempt == ATTEMPTS) {
                throw CliException.refused(ErrorCode.NOT_AUTHENTICATED, "User name or password is wrong.", "Try again, or ask your administrator.");
            }
        }
    }

    private static boolean knows(Director director, String username, String password) {
        try {
            director.login(username, password);
            return true;
        } catch (ApiException e) {
            if (e.error().code() == ErrorCode.NOT_AUTHENTICATED && !(e.getCause() instanceof IOException)) {
                return false;
            }
            throw e;
        }
    }

    private String username(boolean ask) {
        String given = call.opt("username");
        Optional<String> saved = home.read(Home.USERNAME);
        if (given != null) {
            return given;
        }
        if (saved.isPresent() && (!ask || !terminal.isInteractive())) {
            return saved.get();
        }
        if (!terminal.isInteractive()) {
            throw CliException.usage("The user name is not given.", "Use --username.");
        }
        String answer = terminal.ask("Enter your username: " + saved.map(s -> "[" + s + "] ").orElse(""));
        return answer.isEmpty() ? saved.orElse("") : answer;
    }

    private void save(Director director, String username, Credentials credentials) {
        home.write(Home.TARGET, director.connection().url());
        home.write(Home.USERNAME, username);
        home.write(Home.CERT, credentials.certificatePem().getBytes(StandardCharsets.US_ASCII));
        home.write(Home.KEY, credentials.keyPem().getBytes(StandardCharsets.US_ASCII));
        home.write(Home.CA, credentials.caPem().getBytes(StandardCharsets.US_ASCII));
    }
}
