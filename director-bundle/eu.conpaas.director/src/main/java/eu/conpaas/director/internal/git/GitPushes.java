package eu.conpaas.director.internal.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitPush.Update;
import eu.conpaas.api.GitRepository;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.Managers;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.service.archive.ArchiveCheck;

/** Takes pushes from managers. Objects and archive are on disk before the one transaction that makes the push true; its commit is the acknowledgement. */
public final class GitPushes {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern REF = Pattern.compile("refs/(heads|tags)/[^\\s~^:?*\\[\\\\\\p{Cntrl}]{1,200}");
    private static final int SHORT_ID = 7;
    private static final int LONGEST_DESCRIPTION = 1000;
    private final Core core;
    private final ContentStore content;
    private final Audit audit;

    public GitPushes(Core core, ContentStore content, Audit audit) {
        this.core = core;
        this.content = content;
        this.audit = audit;
    }

    /**
     * Takes a push, whole or not at all. The same push again is no error.
     *
     * @param node who hands it on: the manager of the service
     * @param pack new objects, or null if there are none
     * @param code archive of the files of the commit that becomes a version, or null if none does
     * @throws ApiException STALE_EPOCH, CONFLICT if a branch has been moved meanwhile, BAD_ARCHIVE, TOO_LARGE
     */
    public GitPush.Answer push(long sid, String node, GitPush push, Path pack, Path code) throws IOException {
        Service service = core.database().read(s -> current(s, sid, node, push.epoch()));
        String what = push.updates().stream().map(GitPushes::text).collect(Collectors.joining(", ")) + " key " + push.by();
        try {
            check(push, code);
            GitPush.Answer answer = take(service, node, push, pack, code);
            audit(service, what, "ok" + (answer.version() == null ? "" : ", version " + answer.version()));
            return answer;
        } catch (ApiException e) {
            audit(service, what, "refused: " + e.error().cause());
            throw e;
        }
    }

    private static String text(Update update) {
        return update.ref() + " " + (update.after() == null ? "deleted" : update.after());
    }

    private void audit(Service service, String what, String outcome) {
        String owner = core.database().read(s -> Users.byId(s, service.uid())).map(User::username).orElse("?");
        audit.service(service.uid(), owner, service.sid(), "git push", what, outcome);
    }

    private static void check(GitPush push, Path code) {
        for (Update update : push.updates()) {
            boolean ids = (update.before() == null || COMMIT.matcher(update.before()).matches()) && (update.after() == null || COMMIT.matcher(update.after()).matches());
            if (!ids || !REF.matcher(update.ref()).matches()) {
                throw new ApiException(ErrorCode.INVALID_ARGUMENT, update.ref() + " cannot be pushed.", "Push branches and tags with plain names.");
            }
        }
        if (push.version() != null && (code == null || !COMMIT.matcher(push.version()).matches())) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "A code version is made of a commit and its files.", "Send both.");
        }
    }

    private GitPush.Answer take(Service service, String node, GitPush push, Path pack, Path code) throws IOException {
        if (code != null) {
            ArchiveCheck.check(code, push.version());
        }
        ContentStore.Stored objects = pack == null ? null : stored(pack, service.uid());
        ContentStore.Stored files = code == null ? null : stored(code, service.uid());
        GitPush.Answer answer = core.database().write(s -> {
            Service now = current(s, service.sid(), node, push.epoch());
            if (GitStore.move(s, now.sid(), push.updates())) {
                GitStore.touch(s, now.sid());
                if (push.head() != null && GitStore.view(s, now.sid()).head() == null) {
                    GitStore.setHead(s, now.sid(), push.head());
                }
                if (objects != null) {
                    GitStore.addPack(s, now.sid(), objects.hash());
                }
            }
            core.events().add(s, "git", now.uid(), now.aid(), now.sid(), Map.of("refs", push.updates().stream().map(Update::ref).toList()));
            s.afterCommit(() -> core.bells().ring(now.sid()));
            return new GitPush.Answer(files == null ? null : version(s, now, push, files), GitStore.view(s, now.sid()).version());
        });
        Failpoint.AFTER_PUSH.hit();
        return answer;
    }

    private ContentStore.Stored stored(Path file, long uid) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return content.put(in, uid);
        }
    }

    /** The version a commit makes: its id is the commit's first 7 digits, or more where another version has those. */
    private String version(Session s, Service service, GitPush push, ContentStore.Stored files) {
        List<CodeVersion> there = CodeVersions.list(s, service.sid());
        for (int length = SHORT_ID;; length++) {
            String id = push.version().substring(0, length);
            CodeVersion same = there.stream().filter(v -> v.id().equals(id)).findFirst().orElse(null);
            if (same != null && (same.hash().equals(files.hash()) || length == push.version().length())) {
                return id;
            }
            if (same == null) {
                String text = push.description() == null ? "" : push.description().substring(0, Math.min(LONGEST_DESCRIPTION, push.description().length()));
                core.versions().record(s, service, new CodeVersion(id, id, CodeVersions.GIT, text, core.clock().instant(), files.hash(), files.size()));
                return id;
            }
        }
    }

    /** Puts one pack in the place of all there are. @throws ApiException CONFLICT if the repository has changed since the manager made it */
    public void compact(long sid, String node, GitPush.Compact compact, Path pack) throws IOException {
        Service service = core.database().read(s -> current(s, sid, node, compact.epoch()));
        ContentStore.Stored objects = stored(pack, service.uid());
        core.database().write(s -> {
            current(s, sid, node, compact.epoch());
            GitRepository now = GitStore.view(s, sid);
            if (now == null || now.version() != compact.version()) {
                throw new ApiException(ErrorCode.CONFLICT, "The repository has changed meanwhile.", "Compact it another time.");
            }
            GitStore.addPack(s, sid, objects.hash());
            GitStore.keepPack(s, sid, objects.hash());
            GitStore.touch(s, sid);
            s.afterCommit(() -> core.bells().ring(sid));
            return null;
        });
    }

    private static Service current(Session s, long sid, String node, long epoch) {
        Service service = Services.get(s, sid);
        Managers.require(service, node, epoch);
        return service;
    }
}
