package eu.conpaas.cli.internal;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cli.internal.command.Catalog;
import eu.conpaas.cli.internal.config.Descriptors;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.grammar.Options;
import eu.conpaas.cli.internal.grammar.Parser;
import eu.conpaas.cli.internal.grammar.Verb;
import eu.conpaas.rpc.Json;
import eu.conpaas.cli.internal.io.Terminal;
import eu.conpaas.cli.internal.remote.Connecting;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.client.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of the command line: finds the verb, carries it out, turns whatever goes wrong into two lines and an exit code. */
public final class Cli implements AutoCloseable {
    private final Terminal terminal;
    private Options options = new Options(Map.of());
    private Home home;
    private Descriptors descriptors;
    private Session session;

    public Cli(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @return the exit code */
    public int run(String... words) {
        try {
            return run(List.of(words));
        } catch (CliException e) {
            return failed(e.error(), e.exit(), e);
        } catch (ApiException e) {
            return failed(e);
        } catch (UncheckedIOException e) {
            return failed(new ApiError(ErrorCode.INTERNAL, e.getCause().getMessage(), "Run it with -d to see where."), Exit.REFUSED, e);
        } catch (RuntimeException e) {
            return failed(new ApiError(ErrorCode.INTERNAL, "The command line failed: " + e, "Run it with -d and report what it prints."),
                    Exit.REFUSED, e);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private int run(List<String> words) {
        Parser.Parsed leading = Parser.leading(words);
        options = new Options(leading.options());
        Catalog catalog = new Catalog(this);
        if (leading.positional().isEmpty()) {
            if (options.help()) {
                terminal.out().print(catalog.usage());
                return Exit.OK;
            }
            terminal.err().print(catalog.usage());
            return Exit.USAGE;
        }
        Catalog.Found found = catalog.find(leading.positional());
        return found.isHelp() ? help(found.text()) : carryOut(found.verb(), found.words(), found.label());
    }

    private int help(String text) {
        terminal.out().print(text);
        return Exit.OK;
    }

    private int carryOut(Verb verb, List<String> words, String label) {
        Verb labelled = verb.named(label);
        Call.Given given = Parser.given(labelled, words);
        options = options.with(given.options());
        if (options.help()) {
            return help(Usage.of(labelled));
        }
        if (options.plan() && !verb.plans()) {
            throw CliException.usage("'" + label + "' has no plan: it starts and ends no nodes.", "Leave --plan out.");
        }
        return verb.action().run(new Call(this, labelled, given, options));
    }

    private int failed(ApiException e) {
        ApiError error = e.error();
        if (error.code() == ErrorCode.NOT_AUTHENTICATED && e.getCause() instanceof IOException) {
            return failed(new ApiError(error.code(), error.words(), "Run 'conpaas credentials' to sign in again."), Exit.NO_CONNECTION, e);
        }
        return failed(error, error.code() == ErrorCode.UNAVAILABLE || error.code() == ErrorCode.TIMEOUT ? Exit.NO_CONNECTION : Exit.REFUSED, e);
    }

    private int failed(ApiError error, int exit, Throwable reason) {
        if (options.json()) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("error", true);
            shape.put("code", error.code());
            shape.put("cause", error.words());
            shape.put("next", error.next());
            terminal.err().println(Json.write(shape));
        } else {
            terminal.err().println("E: " + error.words());
            if (!error.next().isEmpty()) {
                error.next().lines().forEach(line -> terminal.err().println("   " + line));
            }
        }
        if (options.debug()) {
            trace(reason);
        }
        return exit;
    }

    private void trace(Throwable reason) {
        for (Throwable t = reason; t != null; t = t.getCause()) {
            terminal.err().println(t);
            for (StackTraceElement element : t.getStackTrace()) {
                terminal.err().println("    at " + element);
            }
        }
    }

    public Terminal terminal() {
        return terminal;
    }

    /** The user's settings folder. */
    public Home home() {
        if (home == null) {
            String named = options.value("config-dir") != null ? options.value("config-dir") : terminal.environment("CONPAAS_HOME");
            Path folder = named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), ".conpaas");
            home = new Home(folder, e -> {
                CliException exception = CliException.usage("The folder " + folder + " cannot be used: " + e.getMessage() + ".",
                        "Name another one with --config-dir or CONPAAS_HOME.");
                exception.initCause(e);
                return exception;
            });
        }
        return home;
    }

    /** Service types known without asking the director. */
    public Descriptors descriptors() {
        if (descriptors == null) {
            descriptors = new Descriptors(home(), shipped());
        }
        return descriptors;
    }

    private Path shipped() {
        String named = System.getProperty("conpaas.descriptors", terminal.environment("CONPAAS_DESCRIPTORS"));
        String product = System.getProperty("conpaas.home");
        return named != null ? Path.of(named) : product != null ? Path.of(product, "descriptors") : null;
    }

    /** The connection to the director; signs in first if nothing is saved. */
    public Session session() {
        if (session == null) {
            session = Connecting.open(this, options);
        }
        return session;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
