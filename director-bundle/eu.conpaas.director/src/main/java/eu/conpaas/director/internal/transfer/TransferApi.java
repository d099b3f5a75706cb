package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ExportView;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Whole applications as files. */
public final class TransferApi {
    private final Transfers transfers;
    private final Audit audit;
    private final long largest;

    /** @param largest bytes of a file taken in */
    public TransferApi(Transfers transfers, Audit audit, long largest) {
        this.transfers = transfers;
        this.audit = audit;
        this.largest = largest;
    }

    @Expose(verb = Verb.POST, path = "/applications/{aid}/export", access = Access.APPLICATION_DEVELOPER,
            help = "Begins to make a file of the whole application, which serves on; the operation's last step names the export.")
    public Accepted export(@Param("aid") long aid, @Param(value = "plan", required = false) boolean plan, Caller caller) {
        Accepted accepted = transfers.export(aid, caller.uid(), caller.name(), plan);
        if (!plan) {
            audit.application(caller, aid, "export");
        }
        return accepted;
    }

    @Expose(verb = Verb.GET, path = "/exports", access = Access.USER, help = "The user's exports, made here or uploaded, newest first.")
    public List<ExportView> list(Caller caller) {
        return transfers.list(caller.uid());
    }

    @Expose(verb = Verb.GET, path = "/exports/{id}", access = Access.USER, help = "An export.")
    public ExportView get(@Param("id") String id, Caller caller) {
        return transfers.get(caller.uid(), id);
    }

    @Expose(verb = Verb.DELETE, path = "/exports/{id}", access = Access.USER, help = "Forgets an export.")
    public void delete(@Param("id") String id, Caller caller) {
        transfers.delete(caller.uid(), id);
        audit.own(caller, "delete_export", id);
    }

    @Expose(verb = Verb.GET, path = "/exports/{id}/file", access = Access.USER, help = "The file; a Range of it can be asked for, its ETag is its SHA-256.")
    public Download file(@Param("id") String id, Caller caller) {
        audit.own(caller, "download_export", id);
        return transfers.file(caller.uid(), id).download();
    }

    @Expose(verb = Verb.POST, path = "/exports/{id}/import", access = Access.USER,
            help = "Begins to make an application of an export; what can be refused is refused before anything is made.")
    public Accepted importAs(@Param("id") String id, @Param(value = "name", required = false, help = "of the new application; the old one by default") String name,
            @Param(value = "cloud", required = false, help = "where all services go; by default the clouds the export names") String cloud,
            @Param(value = "plan", required = false) boolean plan, Caller caller) {
        Accepted accepted = transfers.importAs(caller.uid(), id, name, cloud, caller.name(), plan);
        if (!plan) {
            audit.application(caller, accepted.operation().aid(), "import", id + " as application " + accepted.operation().aid());
        }
        return accepted;
    }

    /** The endpoint that takes files in. */
    public Endpoint upload() {
        return new Endpoint(Set.of(Verb.POST), "/exports", Access.USER, Style.MODERN, Set.of(), List.of(ParamDef.of("file", ParamDef.Type.FILE)), false, largest,
                "Takes the file of an export in, after reading and checking all of it, so that it can be imported.", ExportView.class, this::take);
    }

    private ExportView take(Call call) throws IOException {
        ExportView view = transfers.take(call.caller().uid(), call.upload("file").path());
        audit.own(call.caller(), "upload_export", view.id());
        return view;
    }
}
