package eu.conpaas.service.git.internal;

import eu.conpaas.api.GitRepository;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.manager.GitLink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * The repository on the manager's disk: a copy of what the director has, made anew by each manager process. Whoever changes it holds the
 * push lock of {@link GitServer}.
 */
final class LocalRepository implements AutoCloseable {
    /** Branch of a repository that nobody has pushed to, as 1.3.1 has it. */
    private static final String UNBORN = Constants.R_HEADS + Constants.MASTER;
    private static final int CACHE = 4 << 20;
    private static final int IN_MEMORY = 4 << 20;
    private final Path folder;
    private final GitLink director;
    private final Repository git;
    private final Set<String> packs = new HashSet<>();
    private GitRepository known = new GitRepository(0, null, false, Map.of(), null, null);

    LocalRepository(Path folder, GitLink director) throws IOException {
        this.folder = folder;
        this.director = director;
        OwnSettings.use();
        limitMemory();
        Unpacker.delete(folder);
        Files.createDirectories(folder.getParent());
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        git = new FileRepositoryBuilder().setGitDir(folder.resolve("code").toFile()).setBare().build();
        git.create(true);
        git.getConfig().setBoolean("core", null, "logAllRefUpdates", false);
        git.getConfig().setBoolean("http", null, "receivepack", false);
        head(UNBORN);
    }

    /** The libraries' caches are as large as a whole manager otherwise. */
    private static void limitMemory() {
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(CACHE);
        cache.setDeltaBaseCacheLimit(CACHE);
        cache.setPackedGitOpenFiles(32);
        cache.setStreamFileThreshold(IN_MEMORY);
        cache.install();
    }

    Repository git() {
        return git;
    }

    /** What of the director's word is in force here. */
    GitRepository known() {
        return known;
    }

    /** A new file beside the repository. */
    Path temporary() throws IOException {
        return Files.createTempFile(folder, "new", ".tmp");
    }

    /** Makes this copy be as the director's repository is, unless it is so already or further. */
    void follow(GitRepository wanted) throws IOException {
        if (wanted.version() <= known.version()) {
            return;
        }
        for (String pack : wanted.packs()) {
            if (!packs.contains(pack)) {
                take(pack);
            }
        }
        moveAll(wanted.refs());
        known = wanted;
        head(wanted.head() == null ? UNBORN : wanted.head());
    }

    private void take(String pack) throws IOException {
        Path file = temporary();
        try {
            director.fetch(pack, file);
            try (InputStream in = Files.newInputStream(file); ObjectInserter inserter = git.newObjectInserter()) {
                PackParser parser = inserter.newPackParser(in);
                parser.setAllowThin(false);
                parser.parse(NullProgressMonitor.INSTANCE);
                inserter.flush();
            }
            packs.add(pack);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void moveAll(Map<String, String> wanted) throws IOException {
        BatchRefUpdate batch = git.getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(true);
        Map<String, Ref> here = new HashMap<>();
        git.getRefDatabase().getRefsByPrefix(Constants.R_REFS).forEach(r -> here.put(r.getName(), r));
        wanted.forEach((name, target) -> {
            Ref ref = here.remove(name);
            ObjectId before = ref == null ? ObjectId.zeroId() : ref.getObjectId();
            if (!before.name().equals(target)) {
                batch.addCommand(new ReceiveCommand(before, ObjectId.fromString(target), name));
            }
        });
        here.values().forEach(r -> batch.addCommand(new ReceiveCommand(r.getObjectId(), ObjectId.zeroId(), r.getName())));
        try (RevWalk walk = new RevWalk(git)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand command : batch.getCommands()) {
            if (command.getResult() != ReceiveCommand.Result.OK) {
                throw new IOException(command.getRefName() + " could not be moved: " + command.getResult() + " " + command.getMessage());
            }
        }
    }

    private void head(String branch) throws IOException {
        git.updateRef(Constants.HEAD).link(branch);
    }

    /** Notes a push that the director has taken; its branches are moved by whoever received it. */
    void pushed(GitRepository now, String pack) throws IOException {
        if (pack != null) {
            packs.add(pack);
        }
        known = now;
        if (now.head() != null) {
            head(now.head());
        }
    }

    /** How many packs the director keeps. */
    int packs() {
        return known.packs().size();
    }

    @Override
    public void close() {
        git.close();
    }
}
