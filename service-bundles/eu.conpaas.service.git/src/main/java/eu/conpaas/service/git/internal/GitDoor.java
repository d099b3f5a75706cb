package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitRepository;
import eu.conpaas.api.NodeContext;
import eu.conpaas.service.manager.GitLink;
import eu.conpaas.service.manager.ManagerAddOn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the SSH server when the service has its first key and closes it when it has none. Until then nothing of the libraries is loaded: this class
 * names {@link GitServer} and nothing behind it.
 */
final class GitDoor implements ManagerAddOn.Running {
    private static final Logger LOG = LoggerFactory.getLogger(GitDoor.class);
    private static final long AGAIN_MS = 3000;
    private final NodeContext node;
    private final Path folder;
    private final GitLink director;
    private volatile GitServer server;
    private volatile Assignment latest;
    private Thread worker;
    private boolean closed;

    GitDoor(NodeContext node, Path folder, GitLink director) {
        this.node = node;
        this.folder = folder;
        this.director = director;
    }

    @Override
    public synchronized void assigned(Assignment assignment) {
        latest = assignment;
        if (worker == null && isNeeded(assignment.git()) && !closed) {
            worker = Thread.ofVirtual().name("git").start(this::work);
        }
        notifyAll();
    }

    private static boolean isNeeded(GitRepository git) {
        return git != null && !git.keys().isEmpty();
    }

    private void work() {
        Assignment done = null;
        while (true) {
            try {
                done = next(done);
                if (done == null) {
                    return;
                }
                follow(done);
            } catch (InterruptedException e) {
                LOG.debug("the manager closes", e);
                return;
            } catch (ApiException | IOException e) {
                LOG.warn("Git cannot be served yet: {}", e.getMessage());
                done = null;
                pause();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("Git cannot be served yet", e);
                done = null;
                pause();
            }
        }
    }

    private synchronized Assignment next(Assignment done) throws InterruptedException {
        while (latest == done && !closed) {
            wait();
        }
        return closed ? null : latest;
    }

    private synchronized void pause() {
        try {
            wait(closed ? 1 : AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Assignment assignment) throws IOException {
        if (!isNeeded(assignment.git())) {
            shut();
            return;
        }
        if (server == null) {
            GitServer opened = GitServer.open(node, assignment, folder, director);
            LOG.info("Git is served at {}", opened.url());
            synchronized (this) {
                server = opened;
                if (closed) {
                    shut();
                }
            }
        } else {
            server.follow(assignment);
        }
    }

    private synchronized void shut() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public Map<String, Object> info() {
        GitServer open = server;
        Assignment now = latest;
        return open == null || now == null ? Map.of() : Map.of("git", facts(open, now.git()));
    }

    private static Map<String, Object> facts(GitServer open, GitRepository git) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("url", open.url());
        facts.put("port", open.port());
        facts.put("hostKey", open.fingerprint());
        facts.put("branch", git == null || git.head() == null ? "" : git.head().substring("refs/heads/".length()));
        facts.put("activate", git != null && git.activate() ? "On" : "Off");
        return facts;
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments) {
        if (!method.equals("get_git_info")) {
            return null;
        }
        GitServer open = server;
        Assignment now = latest;
        if (open == null || now == null) {
            boolean keys = now != null && isNeeded(now.git());
            throw new ApiException(keys ? ErrorCode.UNAVAILABLE : ErrorCode.NOT_FOUND, keys ? "The manager is about to open its Git server." : "The service has no key yet.",
                    keys ? "Try again in a moment." : "Upload a public key with upload_key.");
        }
        Map<String, Object> facts = facts(open, now.git());
        boolean none = facts.get("branch").equals("");
        facts.put("lines", List.of("clone with: git clone " + open.url(), "host key: ssh-ed25519 " + open.fingerprint(),
                "branch that makes versions: " + (none ? "the first that is pushed" : facts.get("branch")), "activate on push: " + facts.get("activate")));
        return facts;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        shut();
    }
}
