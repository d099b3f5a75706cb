package eu.conpaas.service.git.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitPush.Update;
import eu.conpaas.api.GitRepository;
import eu.conpaas.api.Operation;
import eu.conpaas.service.archive.ArchiveCheck;
import eu.conpaas.service.manager.GitLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what managers hand on, as the director does, in memory and a folder. */
final class PlayedDirector implements GitLink {
    private final Path folder;
    private final List<Consumer<Assignment>> managers = new CopyOnWriteArrayList<>();
    final Map<String, Path> versions = new TreeMap<>();
    final List<String> activated = new CopyOnWriteArrayList<>();
    volatile boolean away;
    volatile String refusal;
    private GitRepository git = new GitRepository(1, null, false, Map.of(), List.of(), List.of());

    PlayedDirector(Path folder) {
        this.folder = folder;
    }

    synchronized GitRepository git() {
        return git;
    }

    /** Changes what is kept and tells the managers. */
    synchronized void change(String head, boolean activate, List<String> keys) {
        set(new GitRepository(git.version() + 1, head, activate, git.refs(), git.packs(), keys));
    }

    private void set(GitRepository changed) {
        git = changed;
        managers.forEach(m -> m.accept(assignment()));
    }

    private Assignment assignment() {
        return new Assignment(git.version(), 1, null, null, null, null, List.of(), List.of(), List.of(), null, null, List.of(), Map.of("internal", "a secret"), git, null, Map.of());
    }

    /** A manager that hears what is kept, from now on. */
    synchronized void join(Consumer<Assignment> manager) {
        managers.add(manager);
        manager.accept(assignment());
    }

    /** It hears nothing any more. */
    void leave(Consumer<Assignment> manager) {
        managers.remove(manager);
    }

    private void reach() {
        if (away) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "Nobody answers.", "Try later.");
        }
    }

    @Override
    public void fetch(String sha256, Path target) throws IOException {
        reach();
        Files.copy(folder.resolve(sha256), target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized GitPush.Answer push(GitPush push, Path pack, Path code) {
        reach();
        if (refusal != null) {
            throw new ApiException(ErrorCode.TOO_LARGE, refusal, "Delete something.");
        }
        Map<String, String> refs = new TreeMap<>(git.refs());
        for (Update update : push.updates()) {
            if (!Objects.equals(refs.get(update.ref()), update.before())) {
                throw new ApiException(ErrorCode.CONFLICT, update.ref() + " has been moved.", "Pull first.");
            }
            refs.put(update.ref(), update.after());
            if (update.after() == null) {
                refs.remove(update.ref());
            }
        }
        List<String> packs = new ArrayList<>(git.packs());
        if (pack != null) {
            packs.add(keep(pack));
        }
        String version = null;
        if (code != null) {
            ArchiveCheck.check(code, "code");
            version = push.version().substring(0, 7);
            versions.put(version, folder.resolve(keep(code)));
        }
        set(new GitRepository(git.version() + 1, git.head() == null ? push.head() : git.head(), git.activate(), refs, packs, git.keys()));
        return new GitPush.Answer(version, git.version());
    }

    @Override
    public synchronized void compact(GitPush.Compact compact, Path pack) {
        if (compact.version() != git.version()) {
            throw new ApiException(ErrorCode.CONFLICT, "changed", "");
        }
        set(new GitRepository(git.version() + 1, git.head(), git.activate(), git.refs(), List.of(keep(pack)), git.keys()));
    }

    private String keep(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            String hash = HexFormat.of().formatHex(digest.digest());
            Files.copy(file, folder.resolve(hash), StandardCopyOption.REPLACE_EXISTING);
            return hash;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Operation activate(long epoch, String version) {
        reach();
        activated.add(version);
        return operation(version);
    }

    @Override
    public Operation operation(String id) {
        return new Operation(id, 1, 1, "activate", Operation.State.DONE, null, Map.of(), null, "tester", Instant.EPOCH, Instant.EPOCH, false);
    }
}
