package eu.conpaas.tests.bench;

import eu.conpaas.tests.load.Fence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The yardstick: the hand-written script {@code tests/bench/bare/bare.sh}. */
final class Bare implements AutoCloseable {
    private final Path script;
    private final Path folder;

    Bare(Path root, Path folder) {
        this(root, "bare.sh", folder);
    }

    /** @param script name of one of the scripts in {@code tests/bench/bare} */
    Bare(Path root, String script, Path folder) {
        this.script = root.resolve("tests/bench/bare").resolve(script);
        this.folder = folder;
    }

    /** Sets up a database of a size. @return seconds its rows took */
    double up(int megabytes) throws IOException {
        return run("up", folder.toString(), Integer.toString(megabytes));
    }

    /** Clones the database. @return seconds until the copy follows */
    double cloned() throws IOException {
        return run("clone", folder.toString());
    }

    /** Sets up a proxy node and backends. @return seconds */
    double up(int backends, Path archive) throws IOException {
        return run("up", folder.toString(), Integer.toString(backends), archive.toString());
    }

    /** Deploys another version. @return seconds until all backends serve it */
    double deploy(Path archive, String version) throws IOException {
        return run("deploy", folder.toString(), archive.toString(), version);
    }

    /** Adds a backend. @return seconds until it serves */
    double add(Path archive) throws IOException {
        return run("add", folder.toString(), archive.toString());
    }

    /** Puts a version into the store of archives. @return seconds */
    double store(Path archive, String version) throws IOException {
        return run("store", folder.toString(), archive.toString(), version);
    }

    /** Has a stored version served. @return seconds until all backends serve it */
    double activate(String version) throws IOException {
        return run("activate", folder.toString(), version);
    }

    InetSocketAddress address() throws IOException {
        return Fence.check(Files.readString(folder.resolve("address")).strip(), 80);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            run("down", folder.toString());
        }
    }

    private double run(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(Path.of("/dev/null").toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(script.getFileName() + " " + String.join(" ", words) + " ended with code " + process.exitValue());
            }
            return output.isEmpty() ? 0 : Double.parseDouble(output.substring(output.lastIndexOf('\n') + 1));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
