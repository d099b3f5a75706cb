package eu.conpaas.node.internal;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.StepReport;
import eu.conpaas.client.NodeLink;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.Upload;
import eu.conpaas.service.manager.GitLink;
import eu.conpaas.service.runtime.ContentSource;
import eu.conpaas.service.runtime.DirectorLink;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** The director as the runtimes of the SDK need it. */
final class NodeDirector implements DirectorLink, ContentSource, GitLink {
    private final NodeLink link;
    private final Cancellation closing = new Cancellation();

    NodeDirector(NodeLink link) {
        this.link = link;
    }

    @Override
    public Assignment work(long seen) {
        return link.work(seen, closing);
    }

    @Override
    public void report(StepReport report) {
        link.step(report);
    }

    @Override
    public void observed(Observed observed) {
        link.observed(observed);
    }

    @Override
    public Object call(String method, Map<String, Object> arguments, Collection<Upload> uploads, Caller caller) {
        Map<String, Object> who = Map.of("uid", caller.uid(), "name", caller.name(), "address", caller.address());
        if (uploads.isEmpty()) {
            return link.forward(method, arguments, who);
        }
        Upload upload = uploads.iterator().next();
        return link.forward(method, arguments, who, upload.name(), upload.path(), upload.filename());
    }

    @Override
    public void fetch(String sha256, OutputStream to) {
        link.content(sha256, to);
    }

    @Override
    public void fetch(String sha256, Path target) {
        link.content(sha256, target, (done, total) -> { });
    }

    @Override
    public GitPush.Answer push(GitPush push, Path pack, Path code) {
        return link.push(push, pack, code);
    }

    @Override
    public void compact(GitPush.Compact compact, Path pack) {
        link.compact(compact, pack);
    }

    @Override
    public Operation activate(long epoch, String version) {
        return link.activate(epoch, version);
    }

    @Override
    public Operation operation(String id) {
        return link.operation(id);
    }

    /** Ends waiting for work. */
    void close() {
        closing.cancel();
    }
}
