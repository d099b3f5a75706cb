package eu.conpaas.tests.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Runs the programs of the products, showing what is run in the form in which the user would type it. */
final class Shell {
    private final Screen screen;
    private final Path root;
    private final Path folder;

    /**
     * @param root   of the source tree
     * @param folder of the demo
     */
    Shell(Screen screen, Path root, Path folder) {
        this.screen = screen;
        this.root = root;
        this.folder = folder;
    }

    Path program(String product, String name) {
        return root.resolve("releng/eu.conpaas.product." + product + "/target/products/" + name + "/bin/" + name);
    }

    Path settings() {
        return folder.resolve("client");
    }

    /** Runs a command of the command line, showing it and its output. @return the output */
    String cli(String... words) throws IOException {
        screen.command("./conpaas cli " + quoted(words));
        return run(true, null, Map.of("CONPAAS_HOME", settings().toString()), command("cli", "conpaas", words));
    }

    /** Runs a command of the command line without showing anything. */
    String quiet(String... words) throws IOException {
        return run(false, null, Map.of("CONPAAS_HOME", settings().toString()), command("cli", "conpaas", words));
    }

    /** As {@link #cli}, with a line on standard input that is not shown. */
    String cliWith(String input, String... words) throws IOException {
        screen.command("./conpaas cli " + quoted(words));
        return run(true, input, Map.of("CONPAAS_HOME", settings().toString()), command("cli", "conpaas", words));
    }

    /** Runs one of the director's administration commands. */
    String director(String input, Map<String, String> environment, String... words) throws IOException {
        screen.command("./conpaas director " + quoted(words));
        return run(true, input, environment, command("director", "conpaas-director", words));
    }

    /** Runs anything. @throws DemoFailed if it ends with another code than 0 */
    String run(boolean show, String input, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (input == null) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        } else {
            builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        }
        Process process = builder.start();
        if (input != null) {
            try (var to = process.getOutputStream()) {
                to.write((input + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        StringJoiner output = new StringJoiner("\n");
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (show) {
                    screen.output(line);
                }
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new DemoFailed(Path.of(command.getFirst()).getFileName() + " " + String.join(" ", command.subList(1, command.size()))
                        + " ended with code " + exit + (show ? "" : ":\n" + output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
        return output.toString();
    }

    /** Starts a program that outlives the demo, its output going to a file. */
    Process background(Path log, Map<String, String> environment, List<String> command) throws IOException {
        Files.createDirectories(log.getParent());
        List<String> own = new ArrayList<>(List.of("setsid"));
        own.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(own).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    List<String> command(String product, String name, String... words) {
        List<String> command = new ArrayList<>(List.of(program(product, name).toString()));
        command.addAll(List.of(words));
        return command;
    }

    private static String quoted(String... words) {
        StringJoiner line = new StringJoiner(" ");
        for (String word : words) {
            line.add(word.matches("[A-Za-z0-9_./:=@-]+") ? word : "'" + word + "'");
        }
        return line.toString();
    }
}
