package eu.conpaas.cli.internal.config;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.cli.internal.io.Terminal;
import eu.conpaas.client.Connection;
import eu.conpaas.client.Director;
import eu.conpaas.client.FirstContact;
import eu.conpaas.client.Home;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the director to sign in to and makes sure it is the right one: the fingerprint of its CA is the one saved before, the one given
 * with {@code --fingerprint}, or one the user says yes to.
 */
final class Contact {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final Call call;
    private final Terminal terminal;
    private final Home home;

    Contact(Call call) {
        this.call = call;
        this.terminal = call.terminal();
        this.home = call.cli().home();
    }

    static Verb options(Verb verb) {
        return verb.opt("--fingerprint", "SHA256", "Trust the director if its CA has this fingerprint.")
                .opt("--accept", null, "Trust whatever CA the director shows; for trying things out.");
    }

    /** Asks until there is a director that answers, unless it was named. */
    Director find() {
        String named = call.options().value("director");
        Optional<String> saved = home.read(Home.TARGET);
        if (named != null || !terminal.isInteractive()) {
            return open(named != null ? named : saved.orElseThrow(() -> CliException.usage("The director is not given.", "Use --director URL.")));
        }
        while (true) {
            String answer = terminal.ask("Enter the director URL: " + saved.map(s -> "[" + s + "] ").orElse(""));
            try {
                return open(answer.isEmpty() ? saved.orElse("") : answer);
            } catch (ApiException e) {
                terminal.err().println("E: " + e.error().cause());
            }
        }
    }

    /** The director named or saved; nothing is asked if its CA is known. */
    Director saved() {
        String named = call.options().value("director");
        return open(named != null ? named : home.read(Home.TARGET).orElseThrow());
    }

    private Director open(String url) {
        URI director = checked(url);
        X509Certificate ca = FirstContact.fetchCa(director.toString(), PATIENCE);
        trust(director, ca);
        Director guest = Connection.to(director.toString()).ca(ca).director();
        try {
            guest.availableServices();
            return guest;
        } catch (ApiException e) {
            guest.close();
            throw e;
        }
    }

    private static URI checked(String url) {
        try {
            URI uri = URI.create(url.strip().replaceFirst("/+$", ""));
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
                throw CliException.usage("'" + url + "' is not the address of a director: it starts with https://.", "Such as https://host:5555.");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw CliException.usage("'" + url + "' is not an address.", "Such as https://host:5555.");
        }
    }

    private void trust(URI director, X509Certificate ca) {
        String shown = Keys.fingerprint(ca);
        String wanted = call.opt("fingerprint");
        if (wanted != null) {
            if (!shown.equals(normalised(wanted))) {
                throw CliException.noConnection("The CA of " + director + " has the fingerprint " + readable(shown) + ", not the one given.",
                        "Check the address and the fingerprint with your administrator: somebody may be in between.");
            }
            return;
        }
        Optional<String> known = home.read(Home.CA).filter(pem -> director.toString().equals(home.read(Home.TARGET).orElse("")))
                .map(pem -> Keys.fingerprint(Pem.readCertificate(pem)));
        if (known.isPresent() && known.get().equals(shown) || call.has("accept")) {
            return;
        }
        known.ifPresent(old -> terminal.err().println("The CA of this director has CHANGED. It was " + readable(old) + "."));
        if (!terminal.isInteractive()) {
            throw CliException.noConnection("The CA of " + director + " is not known: its fingerprint is " + readable(shown) + ".",
                    "If it is the right one, repeat with --fingerprint " + shown + " (or --accept).");
        }
        terminal.err().println("The CA of " + director + " has the SHA-256 fingerprint\n  " + readable(shown));
        if (!terminal.confirm("Is it the one your administrator gave you?")) {
            throw CliException.refused(ErrorCode.FORBIDDEN, "The director is not trusted; nothing was sent to it.",
                    "Ask your administrator for the fingerprint.");
        }
    }

    private static String normalised(String fingerprint) {
        try {
            return Keys.normalise(fingerprint);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(e.getMessage(), "Ask your administrator for it.");
        }
    }

    /** In pairs of capitals, as openssl shows it. */
    private static String readable(String fingerprint) {
        return fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    }
}
