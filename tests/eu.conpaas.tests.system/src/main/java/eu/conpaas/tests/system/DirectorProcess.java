package eu.conpaas.tests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** The real director product on a data folder of its own. */
public final class DirectorProcess {
    private final Path folder;
    private final List<String> prefix;
    private final Path program;
    private Process process;

    /**
     * @param folder  CONF_DIR
     * @param prefix  words before the program, such as {@code setpriv --reuid …}; usually none
     * @param program start script of the product
     */
    public DirectorProcess(Path folder, List<String> prefix, Path program) {
        this.folder = folder;
        this.prefix = List.copyOf(prefix);
        this.program = program;
    }

    /** Runs {@code init} and changes the configuration: keys of the sections as {@code section.KEY}. */
    public void init(Map<String, String> settings) throws IOException {
        run("", "init", "127.0.0.1:" + freePort());
        Files.writeString(config(), changed(Files.readString(config()), settings));
    }

    /** Runs an administration command. @return its output */
    public String run(String input, String... words) throws IOException {
        Process run = builder(words).redirectErrorStream(true).start();
        try (var in = run.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (run.waitFor() != 0) {
                throw new IOException("director " + String.join(" ", words) + " ended with code " + run.exitValue() + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output;
    }

    /** Starts it and waits until it listens. */
    public void start(Map<String, String> environment) {
        try {
            ProcessBuilder builder = builder("run").redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        URI url = url();
        Wait.until("the director listens at " + url + "; its log is " + log(), 60, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended with code " + process.exitValue() + ": " + tail());
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1000);
                return true;
            }
        });
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(10);
    }

    /** Ends it as an operator would. */
    public void stop() {
        if (process != null) {
            process.destroy();
            awaitEnd(30);
        }
    }

    /** Waits until it has ended by itself. @return exit code */
    public int awaitEnd(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("the director has not ended in " + seconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path config() {
        return folder.resolve("director.cfg");
    }

    public Path database() {
        return folder.resolve("director.db");
    }

    public Path log() {
        return folder.resolve("director.out");
    }

    /** Where clients call it. */
    public URI url() {
        try {
            return Files.readAllLines(config()).stream().filter(l -> l.startsWith("DIRECTOR_URL"))
                    .map(l -> URI.create(l.substring(l.indexOf('=') + 1).strip())).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() throws IOException {
        String text = Files.readString(log());
        return text.substring(Math.max(0, text.length() - 2000));
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DIRECTOR_CFG", config().toString());
        return builder;
    }

    private static String changed(String text, Map<String, String> settings) {
        StringJoiner out = new StringJoiner("\n", "", "\n");
        for (String line : text.split("\n")) {
            boolean overridden = settings.keySet().stream().map(k -> k.substring(k.indexOf('.') + 1))
                    .anyMatch(k -> line.matches("#?\\s*" + k + "\\s*=.*"));
            if (!overridden) {
                out.add(line);
            }
            if (line.matches("\\[.*\\]\\s*")) {
                String section = line.strip().substring(1, line.strip().length() - 1);
                settings.forEach((key, value) -> {
                    if (key.startsWith(section + ".")) {
                        out.add(key.substring(section.length() + 1) + " = " + value);
                    }
                });
            }
        }
        return out.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
