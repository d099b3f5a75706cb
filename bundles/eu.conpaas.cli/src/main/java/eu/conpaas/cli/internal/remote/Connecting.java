package eu.conpaas.cli.internal.remote;

import eu.conpaas.cli.internal.Cli;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.config.SignIn;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Options;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.client.Connection;
import eu.conpaas.client.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens the session with the saved director and certificate; signs in first where something is missing and a person is there. */
public final class Connecting {
    private Connecting() {
    }

    /** @throws CliException (no connection) if nobody is signed in and nobody can be asked */
    public static Session open(Cli cli, Options options) {
        Home home = cli.home();
        if (missing(home)) {
            if (!cli.terminal().isInteractive()) {
                throw CliException.noConnection("You are not signed in to a director.", "Run 'conpaas credentials'.");
            }
            new SignIn(new Call(cli, Verb.of("credentials", "", call -> 0), new Call.Given(Map.of(), List.of(), Map.of()), options)).run();
        }
        String url = Optional.ofNullable(options.value("director")).or(() -> home.read(Home.TARGET)).orElseThrow();
        try {
            return new Session(Connection.to(url).credentials(home.folder()).director(), cli.descriptors());
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.noConnection("Your certificate cannot be used: " + e.getMessage() + ".", "Run 'conpaas credentials'.");
        }
    }

    private static boolean missing(Home home) {
        return Stream.of(Home.TARGET, Home.CERT, Home.KEY, Home.CA).anyMatch(name -> !Files.exists(home.file(name)));
    }
}
