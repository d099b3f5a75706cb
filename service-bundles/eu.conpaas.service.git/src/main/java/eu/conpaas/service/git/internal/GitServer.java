package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitRepository;
import eu.conpaas.api.NodeContext;
import eu.conpaas.service.manager.GitLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repository and the SSH server before it. Pushes are taken one after the other. */
final class GitServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitServer.class);
    /** A manager that takes over fetches as many packs at most. */
    private static final int MOST_PACKS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final GitLink director;
    private final LocalRepository repository;
    private final SshDoor ssh;
    private final String fingerprint;
    private final ReentrantLock pushing = new ReentrantLock(true);
    private volatile long epoch;
    private volatile boolean changing;
    /** Version of the repository that was last tried to be compacted. */
    private long compacted;

    private GitServer(NodeContext node, Assignment assignment, Path folder, GitLink director) throws IOException {
        this.director = director;
        this.epoch = assignment.epoch();
        this.repository = new LocalRepository(folder, director);
        repository.follow(assignment.git());
        KeyPair key = HostKey.of(assignment.secrets().get("internal"));
        this.fingerprint = HostKey.fingerprint(key);
        this.ssh = new SshDoor(node.address(), key, this);
    }

    /** Fetches the repository and opens the SSH server. */
    static GitServer open(NodeContext node, Assignment assignment, Path folder, GitLink director) throws IOException {
        GitServer server = new GitServer(node, assignment, folder, director);
        try {
            server.ssh.open(Set.copyOf(assignment.git().keys()));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** What {@code git clone} is given; the short form where the port is the usual one. */
    String url() {
        return ssh.port() == SshDoor.PORT ? "git@" + ssh.address() + ":code" : "ssh://git@" + ssh.address() + ":" + ssh.port() + "/code";
    }

    int port() {
        return ssh.port();
    }

    String fingerprint() {
        return fingerprint;
    }

    LocalRepository repository() {
        return repository;
    }

    GitLink director() {
        return director;
    }

    long epoch() {
        return epoch;
    }

    /** Whether a change of the service is under way. */
    boolean isChanging() {
        return changing;
    }

    /** Takes over what the director says now. */
    void follow(Assignment assignment) throws IOException {
        epoch = assignment.epoch();
        changing = assignment.operation() != null;
        ssh.keys(Set.copyOf(assignment.git().keys()));
        pushing.lock();
        try {
            GitRepository wanted = assignment.git();
            repository.follow(wanted);
            if (repository.packs() > MOST_PACKS && repository.known().version() != compacted) {
                compacted = repository.known().version();
                compact();
            }
        } finally {
            pushing.unlock();
        }
    }

    /** Sends the director one pack of all that is in use. Where that fails, it is tried again after the next push. */
    private void compact() throws IOException {
        Path file = repository.temporary();
        try {
            Set<ObjectId> tips = repository.git().getRefDatabase().getRefsByPrefix(Constants.R_REFS).stream().map(Ref::getObjectId).collect(Collectors.toSet());
            if (Packs.write(repository.git(), tips, Set.of(), file) != null) {
                director.compact(new GitPush.Compact(epoch, repository.known().version()), file);
            }
        } catch (ApiException e) {
            LOG.info("the repository is not compacted now: {}", e.getMessage());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Begins to take a push, when no other is being taken. @return false if that takes too long */
    boolean beginPush() throws InterruptedException {
        return pushing.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends that. May be called by a thread that does not take a push. */
    void endPush() {
        if (pushing.isHeldByCurrentThread()) {
            pushing.unlock();
        }
    }

    @Override
    public void close() {
        ssh.close();
        repository.close();
    }
}
