package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.git.GitMethods;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Text;
import eu.conpaas.rpc.Upload;
import eu.conpaas.service.plan.Arguments;
import eu.conpaas.service.plan.CommonMethods;
import eu.conpaas.service.plan.StoredFile;

/**
 * Answers any method of any service by what its descriptor says of it: changes become operations, what is stored is answered here,
 * queries are the manager's.
 */
public final class Methods {
    private final Database database;
    private final Types types;
    private final Changes changes;
    private final CodeVersions versions;
    private final ContentStore store;
    private final ManagerCalls managers;
    private final Audit audit;
    private final GitMethods git;

    public Methods(Database database, Types types, Changes changes, CodeVersions versions, ContentStore store, ManagerCalls managers, Audit audit, GitMethods git) {
        this.git = git;
        this.database = database;
        this.types = types;
        this.changes = changes;
        this.versions = versions;
        this.store = store;
        this.managers = managers;
        this.audit = audit;
    }

    /** Who ({@code uid}) calls what. {@code asked} has more than a name for changes only. */
    public record Ask(long sid, String method, Map<String, Object> arguments, Map<String, Upload> files, long uid, Asked asked) {
    }

    public Object answer(Ask ask) throws IOException {
        Service service = database.read(s -> Services.get(s, ask.sid));
        MethodSpec spec = CommonMethods.find(types.descriptor(service.type()), ask.method);
        Object answer = switch (spec.kind()) {
            case CommonMethods.CHANGE -> change(service, ask);
            case CommonMethods.STORE -> stored(service, spec, ask);
            default -> query(service, spec, ask);
        };
        if (!spec.verb().equals("GET") && !ask.asked.planOnly()) {
            audit.service(ask.uid, ask.asked.by(), ask.sid, ask.method, "", "ok");
        }
        return answer;
    }

    /** State and type are known here too, so that they can be asked for while the manager is not up. */
    private Object query(Service service, MethodSpec spec, Ask ask) {
        try {
            return spec.answersFile() ? managers.download(service, spec, ask.arguments) : managers.call(service, spec, ask.arguments);
        } catch (ApiException e) {
            boolean away = e.error().code() == ErrorCode.UNAVAILABLE || e.error().code() == ErrorCode.TIMEOUT;
            if (away && spec.name().equals("get_service_info")) {
                return Map.of("state", service.state(), "type", service.type());
            }
            throw e;
        }
    }

    private Accepted change(Service service, Ask ask) throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>(ask.arguments);
        ask.files.forEach((name, file) -> arguments.put(name, StoredFile.planned(file.filename(), file.size())));
        if (!ask.files.isEmpty() && !ask.asked.planOnly()) {
            // What will be refused is not worth storing first.
            changes.change(ask.sid, ask.method, arguments, ask.asked.planned());
            for (Map.Entry<String, Upload> file : ask.files.entrySet()) {
                arguments.put(file.getKey(), store.put(file.getValue(), service.uid()));
            }
        }
        Changes.Answer answer = changes.change(ask.sid, ask.method, arguments, ask.asked);
        return new Accepted(answer.operation() == null ? answer.plan() : null, answer.operation(), null);
    }

    private Object stored(Service service, MethodSpec spec, Ask ask) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(ask.arguments);
        all.putAll(ask.files);
        Map<String, Object> arguments = Arguments.check(spec, all);
        return switch (spec.name()) {
            case "get_service_history" -> Map.of("state_log", database.read(s -> Services.history(s, service.sid())));
            case "upload_startup_script" -> {
                versions.setStartupScript(service, ((Upload) arguments.get("script")).path());
                yield Map.of("filename", ((Upload) arguments.get("script")).filename());
            }
            case "get_startup_script" -> Text.plain(Files.readString(startupScript(service)));
            case "list_code_versions" -> Map.of("codeVersions", listed(service));
            case "upload_code_version" -> {
                Upload code = (Upload) arguments.get("code");
                yield Map.of("codeVersionId", versions.add(service, code.path(), code.filename(), (String) arguments.get("description")).id());
            }
            case "download_code_version" -> download(service, (String) arguments.get("codeVersionId"));
            case "delete_code_version" -> {
                versions.delete(service, (String) arguments.get("codeVersionId"));
                yield Map.of();
            }
            default -> {
                Object answer = git.answer(service, spec.name(), arguments);
                if (answer == null) {
                    throw new ApiException(ErrorCode.NOT_FOUND, "The director stores nothing that is called " + spec.name() + ".",
                            "Report this as a mistake in the descriptor of " + service.type() + ".");
                }
                yield answer;
            }
        };
    }

    /** @throws ApiException NOT_FOUND if the service has none */
    Path startupScript(Service service) {
        return versions.startupScript(service).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "No startup script", "Upload one."));
    }

    Download download(Service service, String id) throws IOException {
        CodeVersion version = database.read(s -> CodeVersions.get(s, service.sid(), id));
        boolean pushed = version.type().equals(CodeVersions.GIT);
        return Download.of(store.path(version.hash()), pushed ? version.filename() + ".tar.gz" : version.filename());
    }

    /** Code versions as 1.3.1 lists them, newest first; the one every service is born with comes last. */
    private List<Map<String, Object>> listed(Service service) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (CodeVersion version : all(service)) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("codeVersionId", version.id());
            line.put("filename", version.filename());
            line.put("description", version.description());
            line.put("time", version.time().getEpochSecond());
            if (version.id().equals(service.desired().codeVersion())) {
                line.put("current", true);
            }
            list.add(line);
        }
        return list;
    }

    /** All versions, newest first, with the one every service of the type is born with. */
    List<CodeVersion> all(Service service) {
        List<CodeVersion> all = new ArrayList<>(database.read(s -> CodeVersions.list(s, service.sid())));
        String born = types.planner(service.type()).initial().codeVersion();
        if (born != null && all.stream().noneMatch(v -> v.id().equals(born))) {
            Instant created = service.created();
            all.add(new CodeVersion(born, born + ".tar", "tar", "Initial version", created, "", 0));
        }
        return all;
    }
}
