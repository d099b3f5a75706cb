package eu.conpaas.cli;

import eu.conpaas.cli.internal.Cli;
import eu.conpaas.cli.internal.io.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of the command line with its own streams and settings folder. */
final class Run {
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private boolean interactive;

    /** What a run left behind. */
    record Result(int exit, String out, String err) {
    }

    /** @param descriptors folder of shipped descriptors */
    Run(Path home, Path descriptors) {
        environment.put("CONPAAS_HOME", home.toString());
        environment.put("CONPAAS_DESCRIPTORS", descriptors.toString());
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Lines a person types. */
    Run typing(String... lines) {
        interactive = true;
        return piped(lines);
    }

    /** Lines standard input holds. */
    Run piped(String... lines) {
        input = String.join("\n", lines) + "\n";
        return this;
    }

    Result of(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = Terminal.of(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, false, StandardCharsets.UTF_8), environment, interactive);
        int exit;
        try (Cli cli = new Cli(terminal)) {
            exit = cli.run(words);
        }
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Result of(List<String> words) {
        return of(words.toArray(String[]::new));
    }
}
