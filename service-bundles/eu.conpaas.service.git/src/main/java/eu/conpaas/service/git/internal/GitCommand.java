package eu.conpaas.service.git.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command a client gives: reading the repository, pushing to it; anything else is answered with what there is. */
final class GitCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(GitCommand.class);
    /** What git sends, and no more: a name of the repository in quotes. */
    private static final Pattern GIT = Pattern.compile("git[- ](upload-pack|receive-pack) '?/?(?:~/)?([A-Za-z0-9._/-]*?)(?:\\.git)?/?'?");
    private static final String NAME = "code";
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int SILENCE_S = 120;

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final Work work;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private String protocol;
    private volatile Thread thread;

    private GitCommand(GitServer server, String command, String key) {
        Matcher git = GIT.matcher(command);
        if (!git.matches()) {
            work = () -> refuse("This is a Git server; it does not run commands.");
        } else if (!git.group(2).equals(NAME)) {
            work = () -> refuse("There is one repository here; its name is " + NAME + ".");
        } else if (git.group(1).equals("upload-pack")) {
            work = () -> read(server);
        } else {
            work = () -> receive(server, key);
        }
    }

    /** @param key fingerprint of the key the client has come with */
    static Command of(String command, GitServer server, String key) {
        return new GitCommand(server, command, key);
    }

    /** For those who ask for a shell. */
    static Command noShell() {
        return new GitCommand(null, "", null);
    }

    private void refuse(String why) throws IOException {
        throw new IOException(why);
    }

    private void read(GitServer server) throws IOException {
        UploadPack upload = new UploadPack(server.repository().git());
        upload.setTimeout(SILENCE_S);
        upload.setPackConfig(Packs.config(server.repository().git()));
        if (protocol != null) {
            upload.setExtraParameters(List.of(protocol.split(":")));
        }
        upload.upload(in, out, err);
    }

    private void receive(GitServer server, String key) throws IOException, InterruptedException {
        if (!server.beginPush()) {
            refuse("Another push is under way; push again in a moment.");
        }
        try {
            Receiving.of(server, key, SILENCE_S).receive(in, out, err);
        } finally {
            server.endPush();
        }
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        protocol = environment.getEnv().get("GIT_PROTOCOL");
        thread = Thread.ofVirtual().name("git-command").start(this::run);
        Thread.ofVirtual().name("git-time").start(() -> limit(channel));
    }

    private void limit(ChannelSession channel) {
        try {
            if (!thread.join(LONGEST)) {
                LOG.info("a Git command takes longer than {}", LONGEST);
                channel.close(true);
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody waits any more", e);
        }
    }

    private void run() {
        int code = 0;
        try {
            work.run();
            out.flush();
        } catch (InterruptedException e) {
            code = 1;
            LOG.debug("the client has gone", e);
        } catch (IOException | RuntimeException e) {
            code = 1;
            LOG.info("a Git command ended: {}", e.toString());
            say(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            code = 1;
            LOG.warn("a Git command needed more memory than there is", e);
            say("There is not enough memory for this; leave large files out of the repository.");
        }
        exit.onExit(code);
    }

    private void say(String text) {
        try {
            err.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
