package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real command line with a settings folder of its own. */
public record Cli(Path settings) {
    /** What a command did. */
    public record Result(int exit, String out, String err) {
        /** Its output. @throws AssertionError if it failed */
        public String ok() {
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + ": " + err + out);
            }
            return out;
        }
    }

    /** Runs a command. */
    public Result run(String... words) {
        return runWith("", words);
    }

    /** Runs a command with something on its standard input. */
    public Result runWith(String input, String... words) {
        List<String> command = new ArrayList<>(List.of(Products.cli().toString()));
        command.addAll(List.of(words));
        try {
            Path out = Files.createTempFile(settings, "out", null);
            Path err = Files.createTempFile(settings, "err", null);
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("CONPAAS_HOME", settings.toString());
            Process process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("conpaas " + String.join(" ", words) + " did not end");
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
