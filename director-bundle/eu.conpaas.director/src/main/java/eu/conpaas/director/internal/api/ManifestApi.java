package eu.conpaas.director.internal.api;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Published;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.manifest.Downloads;
import eu.conpaas.director.internal.manifest.Manifests;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Manifests of applications, in the form of 1.3.1 and with plan, update and progress. */
public final class ManifestApi {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private final Manifests manifests;
    private final Downloads downloads;
    private final ContentStore store;
    private final Waiting waiting;
    private final Audit audit;

    public ManifestApi(Manifests manifests, Downloads downloads, ContentStore store, Waiting waiting, Audit audit) {
        this.manifests = manifests;
        this.downloads = downloads;
        this.store = store;
        this.waiting = waiting;
        this.audit = audit;
    }

    @Expose(verb = Verb.POST, path = "/upload_manifest", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.MISSING_ARGUMENT},
            help = "Makes an application of a manifest; answers when it is done, or at once with thread.")
    public boolean upload(@Param(value = "manifest", required = false, help = "JSON text") String manifest,
            @Param(value = "thread", required = false, help = "anything but empty: answer at once") String thread, Caller caller) throws InterruptedException {
        if (manifest == null || manifest.isBlank()) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"manifest\"", "Send the manifest's text.");
        }
        Operation accepted = create(manifest, false, true, caller).operation();
        if (thread == null || thread.isBlank()) {
            Operation ended = waiting.untilEnded(accepted, PATIENCE);
            if (ended.state() != Operation.State.DONE) {
                throw ended.error() != null ? new ApiException(ended.error())
                        : new ApiException(ErrorCode.TIMEOUT, "The manifest is not carried out after " + PATIENCE.toMinutes() + " minutes.", "Look at operation " + ended.id() + ".");
            }
        }
        return true;
    }

    @Expose(verb = Verb.POST, path = "/manifests", access = Access.USER, help = "Makes an application of a manifest, as an operation; with plan, only says what would be done.")
    public Accepted create(@Param(value = "manifest", help = "JSON text") String manifest, @Param(value = "plan", required = false) boolean plan,
            @Param(value = "confirm", required = false) boolean confirm, Caller caller) {
        Accepted accepted = manifests.create(new Manifests.Ask(manifest, caller.uid(), caller.name(), plan, confirm));
        noted(caller, accepted, "upload_manifest");
        return accepted;
    }

    @Expose(verb = Verb.PUT, path = "/applications/{aid}/manifest", access = Access.APPLICATION_DEVELOPER,
            help = "Makes an application be as a manifest says; with plan, only shows the differences. No operation in the answer: it is so already.")
    public Accepted update(@Param("aid") long aid, @Param(value = "manifest", help = "JSON text") String manifest,
            @Param(value = "plan", required = false) boolean plan, @Param(value = "confirm", required = false) boolean confirm, Caller caller) {
        Accepted accepted = manifests.update(aid, manifest, caller.uid(), caller.name(), plan, confirm);
        noted(caller, accepted, "apply_manifest");
        return accepted;
    }

    private void noted(Caller caller, Accepted accepted, String action) {
        if (accepted.operation() != null) {
            audit.application(caller, accepted.operation().aid(), action);
        }
    }

    @Expose(verb = Verb.POST, path = "/download_manifest/{aid}", access = Access.APPLICATION_DEVELOPER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND}, help = "The manifest of an application as it is, without secrets.")
    public Map<String, Object> download(@Param("aid") long aid, Caller caller) throws IOException {
        return manifest(aid, false, false, caller);
    }

    @Expose(verb = Verb.GET, path = "/applications/{aid}/manifest", access = Access.APPLICATION_DEVELOPER,
            help = "The manifest of an application as it is; its links to files are good for an hour.")
    public Map<String, Object> manifest(@Param("aid") long aid,
            @Param(value = "secrets", required = false, help = "whether values of variables that look like secrets are in it") boolean secrets,
            @Param(value = "data", required = false, help = "whether links to the data of running services are in it, such as dumps") boolean data, Caller caller)
            throws IOException {
        audit.application(caller, aid, secrets ? "download_manifest with secrets" : "download_manifest");
        return manifests.download(aid, caller.uid(), caller.name(), secrets, data);
    }

    @Expose(verb = Verb.GET, path = "/services/{sid}/references", access = Access.SERVICE_DEVELOPER,
            help = "What the other services of its application publish: what the service's variables can refer to.")
    public List<Published> references(@Param("sid") long sid) {
        return manifests.references(sid);
    }

    @Expose(verb = Verb.GET, path = "/download_data/{fileid}", access = Access.PUBLIC, help = "A file of a downloaded manifest; the link is the right to fetch it.")
    public Download data(@Param("fileid") String fileid) throws IOException {
        Downloads.Kept kept = downloads.find(fileid).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no such file, or the link is no longer good.",
                "Download the manifest again."));
        return Download.of(store.path(kept.hash()), kept.filename());
    }
}
