package eu.conpaas.cli.internal.io;

import eu.conpaas.cli.internal.CliException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command reads from and writes to. Results go to {@link #out()}; questions, progress and errors to {@link #err()}, so that
 * a result can be piped on.
 */
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final Console console;
    private final Map<String, String> environment;
    private final boolean interactive;
    private final boolean updating;

    private Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Console console,
            boolean interactive, boolean updating) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.console = console;
        this.interactive = interactive;
        this.updating = updating;
    }

    /** The process's own streams. */
    public static Terminal system() {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        return new Terminal(System.in, new PrintStream(System.out, false, StandardCharsets.UTF_8), new PrintStream(System.err, true,
                StandardCharsets.UTF_8), System.getenv(), interactive ? console : null, interactive, isTerminal("/proc/self/fd/2"));
    }

    /** Given streams; a hidden answer is read like any other. */
    public static Terminal of(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
        return new Terminal(in, out, err, environment, null, interactive, false);
    }

    private static boolean isTerminal(String descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of(descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public String environment(String name) {
        return environment.get(name);
    }

    /** Whether a person is there to answer. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Whether the present line of {@link #err()} can be written over. */
    public boolean isUpdating() {
        return updating;
    }

    /** Asks a question; the answer without surrounding blanks. */
    public String ask(String prompt) {
        err.print(prompt);
        err.flush();
        return line().strip();
    }

    /** Asks for something that is not shown while it is typed. */
    public String askHidden(String prompt) {
        if (console == null) {
            return ask(prompt);
        }
        err.print(prompt);
        err.flush();
        char[] answer = console.readPassword();
        if (answer == null) {
            throw endOfInput();
        }
        return new String(answer);
    }

    /** Asks for y or n; anything but y is no. */
    public boolean confirm(String prompt) {
        return ask(prompt + " (y/N) ").toLowerCase(java.util.Locale.ROOT).startsWith("y");
    }

    /** One line of standard input. */
    public String line() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw endOfInput();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CliException endOfInput() {
        return CliException.usage("The input ended before the question was answered.", "Run the command on a terminal, or give the answer as an option.");
    }
}
