package eu.conpaas.director.internal.git;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitRepository;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.rpc.Upload;

/** Methods of services that the director answers from what it keeps of their repositories. */
public final class GitMethods {
    private static final int LONGEST_FILE = 64 << 10;
    private static final Pattern BRANCH = Pattern.compile("(?!.*(\\.\\.|//|\\.lock$|/$|\\.$))[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}");
    private final Core core;

    public GitMethods(Core core) {
        this.core = core;
    }

    /** @return the answer, or null if the method is none of these */
    public Object answer(Service service, String method, Map<String, Object> arguments) throws IOException {
        return switch (method) {
            case "upload_authorized_key" -> upload(service, ((Upload) arguments.get("key")).path());
            case "list_authorized_keys" -> Map.of("authorizedKeys", core.database().read(s -> GitKeys.list(s, service.sid())).stream().map(AuthorizedKey::line).toList());
            case "remove_authorized_key" -> remove(service, ((String) arguments.get("key")).strip());
            case "update_git_configuration" -> configure(service, (String) arguments.get("activate"), (String) arguments.get("branch"));
            default -> null;
        };
    }

    private Map<String, Object> upload(Service service, Path file) throws IOException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new ApiException(ErrorCode.TOO_LARGE, "The file of keys is larger than 64 KiB.", "Upload the public key only.");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:the file of keys is no text.", "Upload a public key as ssh-keygen writes it.", e);
        }
        List<AuthorizedKey> keys = AuthorizedKey.read(text);
        int added = changed(service, "keys", s -> GitKeys.add(s, service.sid(), keys, core.clock().instant()));
        return Map.of("outcome", added + " keys added to authorized_keys");
    }

    private Map<String, Object> remove(Service service, String named) {
        int removed = changed(service, "keys", s -> GitKeys.remove(s, service.sid(), named));
        return Map.of("outcome", removed + " keys removed from authorized_keys");
    }

    private Map<String, Object> configure(Service service, String activate, String branch) {
        if (activate == null && branch == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"activate\" or \"branch\"", "Give at least one of them.");
        }
        if (branch != null && !BRANCH.matcher(branch).matches()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:'" + branch + "' cannot be the name of a branch.", "Name a branch, such as main.");
        }
        return changed(service, "configuration", s -> {
            if (activate != null) {
                GitStore.setActivate(s, service.sid(), activate.equalsIgnoreCase("on"));
            }
            if (branch != null) {
                GitStore.setHead(s, service.sid(), "refs/heads/" + branch);
            }
            GitRepository now = GitStore.view(s, service.sid());
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("activate", now.activate() ? "On" : "Off");
            answer.put("branch", now.head() == null ? "" : now.head().substring("refs/heads/".length()));
            return answer;
        });
    }

    private <T> T changed(Service service, String what, Function<Session, T> work) {
        return core.database().write(s -> {
            GitStore.touch(s, service.sid());
            T result = work.apply(s);
            core.events().add(s, "git", service.uid(), service.aid(), service.sid(), Map.of("what", what));
            s.afterCommit(() -> core.bells().ring(service.sid()));
            return result;
        });
    }
}
