package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.CloudException.Kind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs the machine's tools: always by argument list, always with a deadline. */
final class Commands {
    /** Where tools are looked for, so that a director started with a bare environment finds ip and pivot_root. */
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Commands() {
    }

    /** What a program said and how it ended. */
    record Result(int code, String output) {
        boolean ok() {
            return code == 0;
        }
    }

    /** Runs a program to its end. @throws CloudException UNREACHABLE if it cannot be started or does not end in time */
    static Result run(String... command) {
        return await(start(new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"))), command);
    }

    /** Like {@link #run}, with a failure for every code but 0. */
    static void must(String... command) {
        Result result = run(command);
        if (!result.ok()) {
            throw new CloudException(Kind.UNREACHABLE, String.join(" ", command) + ": " + result.output().strip());
        }
    }

    /**
     * Starts a program of which nothing but the first line of its output is wanted, and that may live on.
     *
     * @return null if there was none; how it ended is then noted where its errors went
     */
    static String firstLine(Map<String, String> environment, Path errors, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = start(builder);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = within(process, () -> reader.readLine(), command);
            if (line == null) {
                String end = command[0] + " ended with code " + within(process, process::waitFor, command) + "\n";
                Files.writeString(errors, end, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(ProcessBuilder builder) {
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CloudException(Kind.UNREACHABLE, "cannot run " + builder.command().getFirst() + ": " + e.getMessage(), e);
        }
    }

    private static Result await(Process process, String... command) {
        return within(process, () -> {
            try (InputStream in = process.getInputStream()) {
                String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), output);
            }
        }, command);
    }

    private static <T> T within(Process process, java.util.concurrent.Callable<T> work, String... command) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(work.call());
            } catch (Exception e) {
                future.completeExceptionally(e);
            }
        });
        try {
            return future.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end(process);
            throw new CloudException(Kind.UNREACHABLE, command[0] + " did not answer within " + DEADLINE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new CloudException(Kind.UNREACHABLE, "interrupted while waiting for " + command[0], e);
        } catch (ExecutionException e) {
            throw new CloudException(Kind.UNREACHABLE, command[0] + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static void end(Process process) {
        try (Stream<ProcessHandle> all = process.descendants()) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }
}
