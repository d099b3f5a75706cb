package eu.conpaas.director.internal.git;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitRepository;
import eu.conpaas.director.internal.store.Session;

/**
 * A repository on its way to another service.
 *
 * @param head  branch whose pushes make versions, or null
 * @param refs  branches and tags, with the object each leads to
 * @param packs SHA-256 of the packs of objects, oldest first
 * @param keys  public keys, one a line as in a file of keys
 */
public record GitCopy(String head, boolean activate, Map<String, String> refs, List<String> packs, List<String> keys) {
    private static final String REF = "refs/(heads|tags)/[^\\s~^:?*\\[\\\\\\p{Cntrl}]{1,200}";

    public GitCopy {
        refs = refs == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(refs));
        packs = packs == null ? List.of() : List.copyOf(packs);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** The repository of a service, or null if it has none. */
    public static GitCopy of(Session s, long sid) {
        GitRepository git = GitStore.view(s, sid);
        return git == null ? null : new GitCopy(git.head(), git.activate(), git.refs(), git.packs(), GitKeys.list(s, sid).stream().map(AuthorizedKey::line).toList());
    }

    /** @throws ApiException INVALID_ARGUMENT if it could not have been made by pushes */
    public void check() {
        boolean named = refs.keySet().stream().allMatch(r -> r.matches(REF) && !r.contains("..")) && (head == null || head.matches(REF));
        boolean led = refs.values().stream().allMatch(t -> t.matches("[0-9a-f]{40}"));
        if (!named || !led) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "The repository has branches or tags that cannot be.", "Export the application again.");
        }
        if (!keys.isEmpty()) {
            AuthorizedKey.read(String.join("\n", keys));
        }
    }

    /** Gives a service that has no repository this one; its packs are in the content store. */
    public void adopt(Session s, long sid, Instant now) {
        GitStore.touch(s, sid);
        GitStore.setHead(s, sid, head);
        GitStore.setActivate(s, sid, activate);
        packs.forEach(pack -> GitStore.addPack(s, sid, pack));
        GitStore.move(s, sid, refs.entrySet().stream().map(r -> new GitPush.Update(r.getKey(), null, r.getValue())).toList());
        if (!keys.isEmpty()) {
            GitKeys.add(s, sid, AuthorizedKey.read(String.join("\n", keys)), now);
        }
    }
}
