package eu.conpaas.service.git.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody with a key of their own and the real commands of git and ssh. */
final class Client {
    private final Path home;
    private final Path key;

    /** What a command did. */
    record Result(int exit, String text) {
        String ok() {
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + ": " + text);
            }
            return text;
        }

        String refused() {
            if (exit == 0) {
                throw new AssertionError("not refused: " + text);
            }
            return text;
        }
    }

    Client(Path home, String... kind) throws IOException {
        this.home = Files.createDirectories(home);
        this.key = home.resolve("key");
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", "", "-C", "tester@example.org", "-f", key.toString()));
        command.addAll(kind.length == 0 ? List.of("-t", "ed25519") : List.of(kind));
        run(home, command.toArray(String[]::new)).ok();
    }

    /** {@code <type> <base64>}. */
    String publicKey() throws IOException {
        String[] words = Files.readString(Path.of(key + ".pub")).split(" ");
        return words[0] + " " + words[1].strip();
    }

    Path home() {
        return home;
    }

    /** Host keys it has seen. */
    String knownHosts() throws IOException {
        return Files.readString(home.resolve("known_hosts"));
    }

    Result git(Path in, String... words) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"));
        command.addAll(List.of(words));
        return run(in, command.toArray(String[]::new));
    }

    Result ssh(int port, String... words) {
        List<String> command = new ArrayList<>(List.of(ssh().split(" ")));
        command.addAll(List.of("-p", Integer.toString(port), "git@127.0.0.1"));
        command.addAll(List.of(words));
        return run(home, command.toArray(String[]::new));
    }

    private String ssh() {
        return "ssh -F none -i " + key + " -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=" + home.resolve("known_hosts");
    }

    Result run(Path in, String... command) {
        try {
            Path out = Files.createTempFile(home, "out", null);
            ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
            builder.environment().put("GIT_SSH_COMMAND", ssh());
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("HOME", home.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end");
            }
            String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            Files.delete(out);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Writes a file and commits it. */
    void commit(Path in, String name, String text, String subject) throws IOException {
        Files.createDirectories(in.resolve(name).getParent());
        Files.writeString(in.resolve(name), text);
        git(in, "add", "-A").ok();
        git(in, "commit", "-q", "-m", subject).ok();
    }

    String head(Path in) {
        return git(in, "rev-parse", "HEAD").ok().strip();
    }
}
