package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.service.manager.Cancel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A program to run to its end: bytes in, bytes out, both as streams of any length, and the end of what it complains about. Used once. */
public final class Program {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8",
            "HOME", "/nonexistent", "TZ", "UTC");
    /** By this entry a node's processes are found when it ends. */
    private static final String NODE_TOKEN = "CONPAAS_NODE_TOKEN";
    private final List<String> command;
    private final String name;
    private final AtomicBoolean late = new AtomicBoolean();
    private final AtomicReference<IOException> broken = new AtomicReference<>();
    private final Tail errors = new Tail();
    private Input input = out -> { };
    private Path folder;
    private Duration deadline;
    private Cancel cancel;

    /** @param command argument list; nothing secret in it, all users of the node can read it */
    public Program(List<String> command) {
        this.command = List.copyOf(command);
        this.name = Path.of(command.getFirst()).getFileName().toString();
    }

    /** Writes a program's input; called on a thread of its own. */
    public interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Takes a program's output; called on the caller's thread. */
    public interface Output {
        void readFrom(InputStream in) throws IOException;
    }

    /** What it reads; without it, nothing. A failure of it ends the program and is thrown. */
    public Program input(Input source) {
        input = source;
        return this;
    }

    public Program input(String text) {
        return input(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Program in(Path workingFolder) {
        folder = workingFolder;
        return this;
    }

    /** Longest time it may take; without it, any. */
    public Program within(Duration time) {
        deadline = time;
        return this;
    }

    /** What ends it early. */
    public Program cancel(Cancel by) {
        cancel = by;
        return this;
    }

    /** Runs it and returns its output, which must be short. @throws ProgramException if it ends with an error or takes too long */
    public String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(in -> in.transferTo(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Runs it.
     *
     * @param output takes its output; a failure of it ends the program and is thrown
     * @return the end of its error output
     * @throws ProgramException      if it ends with an error or takes too long
     * @throws CancellationException if cancelled or interrupted
     */
    public String run(Output output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder == null ? null : folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        String token = System.getenv(NODE_TOKEN);
        if (token != null) {
            builder.environment().put(NODE_TOKEN, token);
        }
        Process process = builder.start();
        try {
            if (cancel != null) {
                cancel.onCancel(process::destroyForcibly);
            }
            Thread feeder = Thread.ofVirtual().name(name + "-in").start(() -> feed(process));
            Thread complaints = Thread.ofVirtual().name(name + "-err").start(() -> errors.drain(process.getErrorStream()));
            if (deadline != null) {
                Thread.ofVirtual().name(name + "-watch").start(() -> watch(process));
            }
            IOException refused = take(process, output);
            int code = process.waitFor();
            feeder.join();
            complaints.join();
            judge(code, refused);
            return errors.text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(name + " was no longer wanted");
        } finally {
            process.destroyForcibly();
        }
    }

    private void judge(int code, IOException refused) throws IOException {
        if (cancel != null) {
            cancel.check();
        }
        // Ending a process closes its streams, so that its output seems to fail too: the first cause counts.
        if (late.get()) {
            throw new ProgramException(name, "did not end within " + deadline.toSeconds() + " s", errors.text(), true);
        }
        if (broken.get() != null) {
            throw broken.get();
        }
        if (refused != null) {
            throw refused;
        }
        if (code != 0) {
            throw new ProgramException(name, "ended with " + code, errors.text(), false);
        }
    }

    private static IOException take(Process process, Output output) {
        try (InputStream in = process.getInputStream()) {
            output.readFrom(in);
            in.transferTo(OutputStream.nullOutputStream());
            return null;
        } catch (IOException e) {
            process.destroyForcibly();
            return e;
        }
    }

    /** A program that ends early closes its input; why it did so is told by its exit code and its errors, not by the broken pipe. */
    private void feed(Process process) {
        Pipe pipe = new Pipe(process.getOutputStream());
        try {
            input.writeTo(pipe);
        } catch (IOException e) {
            if (!pipe.isBroken()) {
                broken.set(e);
                process.destroyForcibly();
            }
        } finally {
            pipe.shut();
        }
    }

    private void watch(Process process) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
