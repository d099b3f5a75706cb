package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor.CallSpec;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.api.Methods;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.manifest.Work.Item;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.operation.Restore;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.rpc.Upload;
import eu.conpaas.service.archive.ArchiveCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What steps of a manifest do to one service. Each looks first how the service is, so that it may be repeated. */
final class ServiceSteps {
    /** Begin of the names of notes with values that are secrets. */
    static final String SECRET = "secret:";
    private static final int MAX_TRIES = 5;
    private final Core core;
    private final Changes changes;
    private final Methods methods;
    private final ContentStore store;
    private final Path uploads;

    /** @param uploads folder on the content store's disk */
    ServiceSteps(Core core, Changes changes, Methods methods, ContentStore store, Path uploads) {
        this.core = core;
        this.changes = changes;
        this.methods = methods;
        this.store = store;
        this.uploads = uploads;
    }

    /** A service in an operation. */
    record Where(OperationRow op, String step, int index, Item item, JobWatch watch) {
    }

    private static String note(int index) {
        return "service:" + index;
    }

    private long sid(OperationRow op, int index, Item item) {
        return item.sid() != 0 ? item.sid() : made(op, index)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "The service '" + item.name() + "' was not made.", "Look at the steps before."));
    }

    /** The service that was made, by the request that made it. */
    private Optional<Long> made(OperationRow op, int index) {
        return core.database().read(s -> Asked.find(s, op.uid(), request(op, "service-" + index))).map(OperationRow::sid);
    }

    /** Names a change of an operation, so that asking for it again gives the same. */
    private static String request(OperationRow op, String what) {
        return op.id() + "." + what;
    }

    private static Asked asked(OperationRow op, String what) {
        return new Asked(op.by(), request(op, what), false, true);
    }

    private Service service(long sid) {
        return core.database().read(s -> Services.get(s, sid));
    }

    String create(OperationRow op, List<Item> items, int index, JobWatch watch) throws InterruptedException {
        if (core.database().read(s -> Applications.find(s, op.aid())).filter(a -> !a.deleting()).isEmpty()) {
            throw new ApiException(ErrorCode.CONFLICT, "The application is being deleted.", "");
        }
        Operation made = inOrder(op, items, index);
        watch.ended(changes, made);
        return "service " + made.sid();
    }

    /** Services come up together, but get their ids in the manifest's order: those before this one are made first. */
    private synchronized Operation inOrder(OperationRow op, List<Item> items, int index) {
        Operation made = null;
        for (int i = 0; i <= index; i++) {
            Item item = items.get(i);
            if (item.sid() == 0) {
                made = changes.create(item.type(), item.name(), item.cloud(), op.uid(), op.aid(), asked(op, "service-" + i));
            }
        }
        return made;
    }

    /** Removes a service that this operation made, if it did. */
    void discard(OperationRow op, int index) throws InterruptedException {
        Optional<Long> sid = made(op, index);
        if (sid.isPresent() && core.database().read(s -> Services.find(s, sid.get())).isPresent()) {
            changes.terminate(sid.get(), op.by(), false);
            awaitGone(sid.get());
        }
    }

    private void awaitGone(long sid) throws InterruptedException {
        long seen = core.bells().count(sid);
        while (core.database().read(s -> Services.find(s, sid)).isPresent()) {
            seen = core.bells().await(sid, seen, 1000);
        }
    }

    String remove(Where where) throws InterruptedException {
        if (core.database().read(s -> Services.find(s, where.item.sid())).isPresent()) {
            changes.terminate(where.item.sid(), where.op.by(), false);
            awaitGone(where.item.sid());
        }
        return null;
    }

    /** Waits until nothing is under way, notes how an existing service was before this operation changes it first, and gives its id. */
    private long settled(Where where) throws InterruptedException {
        long sid = sid(where.op, where.index, where.item);
        where.watch.until(sid, () -> core.database().read(s -> Operations.openOf(s, sid)).isEmpty());
        if (where.item.sid() != 0) {
            core.database().write(s -> {
                if (JobNotes.get(s, where.op.id(), note(where.index), DesiredState.class).isEmpty()) {
                    DesiredState before = Services.get(s, sid).desired();
                    JobNotes.put(s, where.op.id(), note(where.index), before);
                    if (before.startupScript() != null) {
                        ContentStore.refer(s, 0, where.op.id() + ":script-" + where.index, before.startupScript());
                    }
                }
                return null;
            });
        }
        return sid;
    }

    /** Leads a service back to how it was before. */
    void restore(OperationRow op, int index, Item item) throws InterruptedException {
        Optional<DesiredState> before = core.database().read(s -> JobNotes.get(s, op.id(), note(index), DesiredState.class));
        if (before.isEmpty() || core.database().read(s -> Services.find(s, item.sid())).isEmpty()) {
            return;
        }
        new Restore(core, changes).to(item.sid(), before.get(), op.by()).ifPresent(operation -> {
            if (operation.state() != Operation.State.DONE) {
                throw new ApiException(ErrorCode.STEP_FAILED, "Service '" + item.name() + "' could not be led back: " + operation.error(), "Look at it.");
            }
        });
    }

    String call(Where where, String method, Map<String, Object> arguments) throws InterruptedException, IOException {
        watch(where, asking(where, sid -> changes.change(sid, method, arguments, asked(where.op, where.step)).operation()));
        return null;
    }

    private interface Asking<T> {
        T of(long sid) throws IOException;
    }

    /** Asks, again if something else, such as the replacement of a dead node, came in between. */
    private <T> T asking(Where where, Asking<T> question) throws InterruptedException, IOException {
        for (int tries = 1;; tries++) {
            long sid = settled(where);
            try {
                return question.of(sid);
            } catch (ApiException e) {
                boolean between = e.error().code() == ErrorCode.CONFLICT || core.database().read(s -> Operations.openOf(s, sid)).isPresent();
                if (!between || tries >= MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void watch(Where where, Operation operation) throws InterruptedException {
        where.watch.ended(changes, operation);
    }

    String script(Where where, Downloads.Kept file) throws InterruptedException, IOException {
        long sid = settled(where);
        if (file.hash().equals(service(sid).desired().startupScript())) {
            return "unchanged";
        }
        core.versions().setStartupScript(service(sid), store.path(file.hash()));
        return null;
    }

    void checkArchive(Downloads.Kept file) throws IOException {
        ArchiveCheck.check(store.path(file.hash()), file.filename());
    }

    /** Calls the methods of a key one after the other, each with the answer of the one before. */
    String field(Where where, ManifestField field, Object value, Downloads.Kept file) throws InterruptedException, IOException {
        long sid = settled(where);
        Map<String, Object> answer = new HashMap<>();
        if ("code".equals(field.current())) {
            Optional<CodeVersion> there = core.database().read(s -> CodeVersions.list(s, sid)).stream().filter(v -> v.hash().equals(file.hash())).findFirst();
            if (there.isPresent() && there.get().id().equals(service(sid).desired().codeVersion())) {
                return "unchanged";
            }
            there.ifPresent(v -> answer.put("codeVersionId", v.id()));
        }
        for (int i = 0; i < field.calls().size(); i++) {
            CallSpec call = field.calls().get(i);
            boolean stored = "code".equals(field.current()) && call.arguments().containsValue("${file}") && answer.containsKey("codeVersionId");
            if (!stored) {
                answer.putAll(answered(where, i, call, CallArguments.of(call, value, file, answer)));
                noteVersion(where, answer);
            }
        }
        return answer.containsKey("codeVersionId") ? answer.get("codeVersionId").toString() : null;
    }

    private void noteVersion(Where where, Map<String, Object> answer) {
        if (answer.get("codeVersionId") instanceof String version) {
            core.database().write(s -> {
                JobNotes.put(s, where.op.id(), "version:" + where.step, version);
                return null;
            });
        }
    }

    /** Deletes the code version a step has added to an existing service. */
    void dropVersion(OperationRow op, String step, Item item) {
        Optional<String> version = core.database().read(s -> JobNotes.get(s, op.id(), "version:" + step, String.class));
        Optional<Service> service = core.database().read(s -> Services.find(s, item.sid()));
        boolean there = version.isPresent() && core.database().read(s -> CodeVersions.list(s, item.sid())).stream().anyMatch(v -> v.id().equals(version.get()));
        if (there && service.isPresent()) {
            core.versions().delete(service.get(), version.get());
        }
    }

    private Map<String, Object> answered(Where where, int number, CallSpec call, Map<String, Object> arguments) throws InterruptedException, IOException {
        where.watch.check();
        Map<String, Upload> files = new LinkedHashMap<>();
        Map<String, Object> plain = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (argument.getValue() instanceof Downloads.Kept kept) {
                    files.put(argument.getKey(), upload(argument.getKey(), kept));
                } else {
                    plain.put(argument.getKey(), argument.getValue());
                }
            }
            Object answer = asking(where, sid -> methods.answer(new Methods.Ask(sid, call.method(), plain, files, where.op.uid(),
                    asked(where.op, where.step + "-" + number))));
            if (answer instanceof Accepted accepted) {
                watch(where, accepted.operation());
                return Map.of();
            }
            return fields(answer);
        } finally {
            for (Upload upload : files.values()) {
                Files.deleteIfExists(upload.path());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object answer) {
        return answer instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A second name of the file, since whoever takes an upload may move it away. */
    private Upload upload(String parameter, Downloads.Kept file) throws IOException {
        Files.createDirectories(uploads);
        Path path = Files.createTempFile(uploads, "manifest-", "");
        Files.delete(path);
        Files.createLink(path, store.path(file.hash()));
        return new Upload(parameter, file.filename(), path, Files.size(path));
    }

}
