package eu.conpaas.tests.system;

import eu.conpaas.tests.load.SampleApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who clones and pushes by the real commands of git and ssh, with a key and a work tree of their own. */
public final class GitClient {
    private static final Pattern URL = Pattern.compile("clone with: git clone (\\S+)");
    private static final Pattern HOST_KEY = Pattern.compile("host key: (.*)");
    private static final Pattern VERSION = Pattern.compile("Code version ([0-9a-f]{7,})");
    private final Platform platform;
    private final long sid;
    private final Path home;
    private final Path work;
    private String key = "key";

    /** Makes the key, has the service let it in, and clones. */
    public GitClient(Platform platform, long sid, Path home) {
        this.platform = platform;
        this.sid = sid;
        this.home = home;
        this.work = home.resolve("work");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        makeKey();
        platform.cli().run("upload_key", Long.toString(sid), home.resolve("key.pub").toString()).ok();
        clone("work");
    }

    private void makeKey() {
        run(home, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment(), "-f", home.resolve(key).toString()).ok();
    }

    /** Pushes with a key that nobody has let in. */
    public Cli.Result pushAsStranger() {
        key = "other-key";
        try {
            makeKey();
            return push();
        } finally {
            key = "key";
        }
    }

    /** The clone that is worked in. */
    public Path work() {
        return work;
    }

    /** What the key is called. */
    public String comment() {
        return "tester-" + home.getFileName();
    }

    /** What users are told of the server. */
    private String told(Pattern what) {
        return Wait.value("the Git server is open", 60, () -> {
            Cli.Result info = platform.cli().run("git_info", Long.toString(sid));
            Matcher m = what.matcher(info.out());
            return info.exit() == 0 && m.find() ? m.group(1) : null;
        });
    }

    /** The server's host key as users are told. */
    public String hostKey() {
        return told(HOST_KEY);
    }

    /** Clones into a folder of its own. */
    public Path clone(String name) {
        run(home, "git", "clone", "-q", told(URL), name).ok();
        return home.resolve(name);
    }

    /** Host keys the server has shown. */
    public List<String> seenHostKeys() {
        try {
            return Files.readAllLines(home.resolve("known_hosts")).stream().map(l -> l.substring(l.indexOf(' ') + 1)).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to be committed. */
    @FunctionalInterface
    public interface Pages {
        /** Writes it into a folder. */
        void write(Path folder) throws IOException;
    }

    /** Commits a version of the sample application. @return the commit */
    public String commit(String version) {
        return commit("Version " + version, folder -> {
            SampleApp.write(folder, version);
            SampleApp.delete(folder.resolve(".git"));
        });
    }

    /** Commits files in place of, or beside, those there are. @return the commit */
    public String commit(String message, Pages what) {
        try {
            Path pages = Files.createTempDirectory(home, "pages");
            what.write(pages);
            try (var files = Files.walk(pages)) {
                for (Path file : files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
                    Path target = work.resolve(pages.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
                }
            }
            SampleApp.delete(pages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", "-A").ok();
        git("commit", "-q", "--allow-empty", "-m", message).ok();
        return git("rev-parse", "HEAD").ok().strip();
    }

    /** Pushes to the branch that makes versions, wherever the manager is now. */
    public Cli.Result push() {
        return git("push", told(URL), "HEAD:refs/heads/main");
    }

    /** Starts to push, as {@link #push}. */
    public Process pushing() {
        return start(work, "git", "push", told(URL), "HEAD:refs/heads/main");
    }

    /** The code version that a push said it has made. */
    public static String version(Cli.Result push) {
        Matcher m = VERSION.matcher(push.err() + push.ok());
        if (!m.find()) {
            throw new AssertionError("the push names no version: " + push.err());
        }
        return m.group(1);
    }

    /** Where the branch is at the server. */
    public String pushed() {
        return run(home, "git", "ls-remote", told(URL), "refs/heads/main").ok().split("\\s")[0];
    }

    /** Runs git in the work tree. */
    public Cli.Result git(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        return run(work, command.toArray(String[]::new));
    }

    private Process start(Path in, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile()).redirectOutput(out().toFile()).redirectError(err().toFile());
            builder.environment().put("GIT_SSH_COMMAND", "ssh -F none -i " + home.resolve(key) + " -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=10"
                    + " -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=" + home.resolve("known_hosts"));
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            List.of("AUTHOR", "COMMITTER").forEach(who -> {
                builder.environment().put("GIT_" + who + "_NAME", "Tester");
                builder.environment().put("GIT_" + who + "_EMAIL", "tester@example.org");
            });
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path out() {
        return home.resolve("out");
    }

    private Path err() {
        return home.resolve("err");
    }

    private Cli.Result run(Path in, String... command) {
        Process process = start(in, command);
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end");
            }
            return new Cli.Result(process.exitValue(), Files.readString(out()), Files.readString(err()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
