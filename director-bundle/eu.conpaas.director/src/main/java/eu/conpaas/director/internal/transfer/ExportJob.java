package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.operation.Job;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.transfer.ExportDoc.ContentDoc;
import eu.conpaas.director.internal.transfer.ExportDoc.DataDoc;
import eu.conpaas.director.internal.transfer.ExportDoc.ServiceDoc;
import eu.conpaas.service.data.DataPart;

/**
 * Makes exports: settings and versions are those of the moment it was asked for, the data is fetched service by service while they run. Nothing of the
 * application is changed, so there is nothing to undo but the export itself.
 */
final class ExportJob implements Job {
    static final String KIND = "export";
    private static final String SAVE = "save-data";
    private static final String SEAL = "seal";
    private final Database database;
    private final ContentStore store;
    private final DataCalls data;
    private final Clock clock;
    private final Duration life;

    ExportJob(Database database, ContentStore store, DataCalls data, Clock clock, Duration life) {
        this.database = database;
        this.store = store;
        this.data = data;
        this.clock = clock;
        this.life = life;
    }

    static Plan plan(String application, List<Service> services) {
        List<PlanStep> steps = new ArrayList<>();
        services.forEach(s -> steps.add(step(SAVE + ":" + s.sid(), SAVE, "Save the data of " + s.name(), 5)));
        steps.add(step(SEAL, SEAL, "Put the file together", 1));
        return new Plan(KIND, "Export application " + application, steps, 0, 0, 0, steps.stream().mapToDouble(PlanStep::seconds).sum(), List.of(), false);
    }

    private static PlanStep step(String id, String kind, String title, double seconds) {
        return new PlanStep(id, Actor.DIRECTOR, kind, title, null, null, false, seconds);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String carryOut(OperationRow op, PlanStep step, JobWatch watch) throws InterruptedException, IOException {
        return step.kind().equals(SAVE) ? save(op, step, watch) : seal(op);
    }

    private String save(OperationRow op, PlanStep step, JobWatch watch) throws InterruptedException, IOException {
        long sid = Long.parseLong(step.id().substring(SAVE.length() + 1));
        Service service = database.read(s -> Services.get(s, sid));
        List<DataDoc> docs = new ArrayList<>();
        long bytes = 0;
        for (DataPart part : data.parts(service, watch)) {
            ContentStore.Stored stored = data.save(service, part, watch, n -> watch.tell(op, step, part.name() + ": " + Bytes.text(n)));
            docs.add(new DataDoc(part.name(), part.format(), stored.hash()));
            bytes += stored.size();
            database.write(s -> {
                Exports.hold(s, export(s, op).id(), List.of(stored.hash()));
                return null;
            });
        }
        database.write(s -> {
            JobNotes.put(s, op.id(), step.id(), docs.toArray(DataDoc[]::new));
            return null;
        });
        return docs.isEmpty() ? "it holds none" : Bytes.text(bytes);
    }

    private static Exports.Stored export(Session s, OperationRow op) {
        return Exports.ofOperation(s, op.id()).orElseThrow(() -> new ApiException(ErrorCode.CONFLICT, "The export has been deleted.", "Export the application again."));
    }

    private String seal(OperationRow op) throws IOException {
        Exports.Stored export = database.read(s -> export(s, op));
        List<Long> sids = op.plan().steps().stream().filter(s -> s.kind().equals(SAVE)).map(s -> Long.parseLong(s.id().substring(SAVE.length() + 1))).toList();
        ExportDoc draft = export.doc();
        List<ServiceDoc> services = new ArrayList<>();
        for (int i = 0; i < sids.size(); i++) {
            long sid = sids.get(i);
            DataDoc[] parts = database.read(s -> JobNotes.get(s, op.id(), SAVE + ":" + sid, DataDoc[].class)).orElse(new DataDoc[0]);
            services.add(draft.services().get(i).with(List.of(parts)));
        }
        Map<String, Long> sizes = store.sizes(draft.with(services, List.of()).hashes());
        ExportDoc doc = draft.with(services, sizes.entrySet().stream().map(e -> new ContentDoc(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(ContentDoc::sha256)).toList());
        String index = Docs.write(doc);
        ExportFile file = new ExportFile(index.getBytes(StandardCharsets.UTF_8), doc);
        String sha256 = file.sha256(store::path);
        database.write(s -> {
            Exports.finish(s, export.id(), index, file.size(), sha256, clock.instant().plus(life));
            return null;
        });
        return export.id() + ", " + Bytes.text(file.size());
    }

    @Override
    public void undo(OperationRow op, PlanStep step) {
        // what was fetched goes with the export
    }

    @Override
    public void ended(Session s, OperationRow op, boolean arrived) {
        if (!arrived) {
            Exports.ofOperation(s, op.id()).ifPresent(export -> Exports.remove(s, export.id()));
        }
    }
}
