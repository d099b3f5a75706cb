package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitPush.Update;
import eu.conpaas.api.GitRepository;
import eu.conpaas.service.runtime.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one push. The objects have come and been checked when the hook is called; it hands them on to the director, and only what the director has
 * on disk becomes true here and is acknowledged. A push is taken whole or not at all.
 */
final class Receiving implements PreReceiveHook, PostReceiveHook {
    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
    private static final long LARGEST_PUSH = 512L << 20;
    private static final long LARGEST_FILE = 16L << 20;
    private static final long ROOM = 1L << 30;
    private final GitServer server;
    private final String key;
    private String version;

    private Receiving(GitServer server, String key) {
        this.server = server;
        this.key = key;
    }

    /**
     * What takes a push, by a client that has come with this key.
     *
     * @param silence seconds without a byte after which the client is given up
     */
    static ReceivePack of(GitServer server, String key, int silence) throws IOException {
        Repository git = server.repository().git();
        if (git.getDirectory().toPath().toFile().getUsableSpace() < ROOM) {
            throw new IOException("There is not enough room on the manager's disk to take a push.");
        }
        Receiving receiving = new Receiving(server, key);
        ReceivePack pack = new ReceivePack(git);
        pack.setCheckReceivedObjects(true);
        pack.setCheckReferencedObjectsAreReachable(false);
        pack.setAllowCreates(true);
        pack.setAllowDeletes(true);
        pack.setAllowNonFastForwards(true);
        pack.setMaxPackSizeLimit(LARGEST_PUSH);
        pack.setMaxObjectSizeLimit(LARGEST_FILE);
        pack.setTimeout(silence);
        pack.setPreReceiveHook(receiving);
        pack.setPostReceiveHook(receiving);
        return pack;
    }

    @Override
    public void onPreReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
        boolean refused = pack.getAllCommands().stream().anyMatch(c -> c.getResult() != ReceiveCommand.Result.NOT_ATTEMPTED);
        for (ReceiveCommand command : commands) {
            String why = Rules.refuse(command, pack, server.repository().known());
            if (why != null) {
                reject(command, why);
                refused = true;
            }
        }
        if (refused) {
            rejectAll(commands, "a push is taken whole or not at all");
            return;
        }
        try {
            handOn(pack, List.copyOf(commands));
        } catch (ApiException e) {
            pack.sendMessage(said(e.error()));
            rejectAll(commands, e.error().cause());
        } catch (IOException | RuntimeException e) {
            LOG.warn("a push failed", e);
            rejectAll(commands, "the manager failed: " + e.getMessage());
        }
    }

    /** An answer that does not come may mean that the push was taken; then the same push again finds everything up to date. */
    private static String said(ApiError error) {
        boolean away = error.code() == ErrorCode.UNAVAILABLE || error.code() == ErrorCode.TIMEOUT;
        return away ? "The director cannot be reached, so the push is not acknowledged. Push again in a while." : error.cause() + " " + error.next();
    }

    private static void reject(ReceiveCommand command, String why) {
        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why.replaceAll("\\s+", " ").strip());
    }

    private static void rejectAll(Collection<ReceiveCommand> commands, String why) {
        commands.stream().filter(c -> c.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED).forEach(c -> reject(c, why));
    }

    private void handOn(ReceivePack pack, List<ReceiveCommand> commands) throws IOException {
        LocalRepository repository = server.repository();
        Path objects = repository.temporary();
        Path files = repository.temporary();
        try {
            String hash = Packs.write(repository.git(), tips(commands), present(repository.git()), objects);
            String head = head(repository.known(), commands);
            RevCommit commit = versioned(pack, commands, head);
            if (commit != null) {
                int left = TreeArchive.write(pack.getRevWalk().getObjectReader(), commit, files);
                if (left > 0) {
                    pack.sendMessage(left + " submodules are left out; put their files into the repository.");
                }
            }
            List<Update> updates = commands.stream().map(c -> new Update(c.getRefName(), name(c.getOldId()), name(c.getNewId()))).toList();
            GitPush push = new GitPush(server.epoch(), updates, repository.known().head() == null ? head : null, commit == null ? null : commit.name(),
                    commit == null ? null : commit.getShortMessage(), key);
            Failpoint.MANAGER_BEFORE_PUSH.reached();
            GitPush.Answer answer = server.director().push(push, hash == null ? null : objects, commit == null ? null : files);
            Failpoint.MANAGER_AFTER_PUSH.reached();
            version = answer.version();
            repository.pushed(after(repository.known(), answer.repository(), head, commands, hash), hash);
            if (version != null) {
                pack.sendMessage("Code version " + version + ": " + commit.getShortMessage());
            } else if (head != null) {
                pack.sendMessage("Stored; code versions are made of " + Repository.shortenRefName(head) + ".");
            }
        } finally {
            Files.deleteIfExists(objects);
            Files.deleteIfExists(files);
        }
    }

    private static Set<ObjectId> tips(List<ReceiveCommand> commands) {
        return commands.stream().filter(c -> c.getType() != ReceiveCommand.Type.DELETE).map(ReceiveCommand::getNewId).collect(Collectors.toSet());
    }

    private static Set<ObjectId> present(Repository git) throws IOException {
        return git.getRefDatabase().getRefsByPrefix(Constants.R_REFS).stream().map(Ref::getObjectId).collect(Collectors.toSet());
    }

    /** The branch that makes versions; in a repository that has none yet the one among those pushed that is most likely meant. */
    private static String head(GitRepository known, List<ReceiveCommand> commands) {
        if (known.head() != null) {
            return known.head();
        }
        List<String> branches = commands.stream().filter(c -> c.getType() != ReceiveCommand.Type.DELETE).map(ReceiveCommand::getRefName)
                .filter(n -> n.startsWith(Constants.R_HEADS)).sorted().toList();
        return List.of("refs/heads/main", "refs/heads/master").stream().filter(branches::contains).findFirst()
                .orElse(branches.isEmpty() ? null : branches.getFirst());
    }

    /** The commit that is to become a version, or null. */
    private static RevCommit versioned(ReceivePack pack, List<ReceiveCommand> commands, String head) throws IOException {
        ReceiveCommand moved = commands.stream().filter(c -> c.getRefName().equals(head) && c.getType() != ReceiveCommand.Type.DELETE).findFirst().orElse(null);
        if (moved == null) {
            return null;
        }
        try (RevWalk walk = new RevWalk(pack.getRevWalk().getObjectReader())) {
            RevCommit commit = walk.parseCommit(moved.getNewId());
            walk.parseBody(commit);
            return commit;
        } catch (IncorrectObjectTypeException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The branch does not lead to a commit.", "Push a commit.", e);
        }
    }

    private static String name(ObjectId id) {
        return ObjectId.zeroId().equals(id) ? null : id.name();
    }

    private static GitRepository after(GitRepository before, long version, String head, List<ReceiveCommand> commands, String pack) {
        Map<String, String> refs = new TreeMap<>(before.refs());
        commands.forEach(c -> {
            if (c.getType() == ReceiveCommand.Type.DELETE) {
                refs.remove(c.getRefName());
            } else {
                refs.put(c.getRefName(), c.getNewId().name());
            }
        });
        List<String> packs = new ArrayList<>(before.packs());
        if (pack != null) {
            packs.add(pack);
        }
        return new GitRepository(version, head, before.activate(), refs, packs, before.keys());
    }

    /** The push is true now; the next one need not wait for what follows. */
    @Override
    public void onPostReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
        boolean activate = server.repository().known().activate();
        server.endPush();
        if (version != null && activate) {
            new Activation(server, pack::sendMessage).run(version);
        } else if (version != null) {
            pack.sendMessage("It is not active yet; enable_code makes it so.");
        }
    }
}
