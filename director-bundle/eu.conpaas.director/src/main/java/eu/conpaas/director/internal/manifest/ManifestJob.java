package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.PlanStep;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.manifest.Work.Deed;
import eu.conpaas.director.internal.manifest.Work.Item;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.Job;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import java.io.IOException;
import java.util.Map;

/** Carries a manifest out, and takes it back when a step fails: what it made is removed, what it changed is put back. */
final class ManifestJob implements Job {
    static final String KIND = "manifest";
    private final Core core;
    private final Downloads downloads;
    private final ServiceSteps services;

    ManifestJob(Core core, Downloads downloads, ServiceSteps services) {
        this.core = core;
        this.downloads = downloads;
        this.services = services;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean together(String stepKind) {
        return stepKind.equals(Work.FETCH) || stepKind.equals(Work.CREATE);
    }

    private Work work(OperationRow op) {
        return core.database().read(s -> JobNotes.get(s, op.id(), Work.NOTE, Work.class)).orElseThrow();
    }

    @Override
    public String carryOut(OperationRow op, PlanStep step, JobWatch watch) throws InterruptedException, IOException {
        Work work = work(op);
        Deed deed = work.deed(step.id());
        Item item = work.items().get(deed.item());
        if (deed.kind().equals(Work.FETCH)) {
            return fetch(op, item, deed, watch);
        }
        if (deed.kind().equals(Work.CREATE)) {
            return services.create(op, work.items(), deed.item(), watch);
        }
        ServiceSteps.Where where = new ServiceSteps.Where(op, step.id(), deed.item(), item, watch);
        return switch (deed.kind()) {
            case Work.SCRIPT -> services.script(where, file(op, deed));
            case Work.FIELD -> services.field(where, ManifestPlanner.field(core.types().descriptor(item.type()), deed.name()), value(op, deed),
                    deed.file() == null ? null : file(op, deed));
            case Work.CALL -> services.call(where, deed.name(), deed.arguments());
            case Work.REMOVE -> services.remove(where);
            default -> throw new ApiException(ErrorCode.INTERNAL, "A manifest has no step " + deed.kind() + ".", "Report this.");
        };
    }

    private Object value(OperationRow op, Deed deed) {
        return deed.value() != null ? deed.value()
                : core.database().read(s -> JobNotes.get(s, op.id(), ServiceSteps.SECRET + deed.step(), String.class)).orElse(null);
    }

    private Downloads.Kept file(OperationRow op, Deed deed) {
        return core.database().read(s -> JobNotes.get(s, op.id(), deed.file(), Downloads.Kept.class)).orElseThrow();
    }

    /** What was fetched is kept until the operation ends; archives are looked into before any node is made. */
    private String fetch(OperationRow op, Item item, Deed deed, JobWatch watch) throws IOException, InterruptedException {
        Downloads.Kept kept = downloads.fetch(deed.name(), op.uid(), watch);
        boolean code = work(op).deeds().stream().filter(d -> deed.step().equals(d.file()) && d.name() != null)
                .anyMatch(d -> "code".equals(ManifestPlanner.field(core.types().descriptor(item.type()), d.name()).current()));
        if (code) {
            services.checkArchive(kept);
        }
        core.database().write(s -> {
            ContentStore.refer(s, 0, op.id() + ":" + deed.step(), kept.hash());
            JobNotes.put(s, op.id(), deed.step(), kept);
            return null;
        });
        return kept.filename();
    }

    @Override
    public void undo(OperationRow op, PlanStep step) throws InterruptedException, IOException {
        Work work = work(op);
        Deed deed = work.deed(step.id());
        Item item = work.items().get(deed.item());
        if (deed.kind().equals(Work.CREATE)) {
            for (int i = deed.item(); i >= 0; i--) {
                services.discard(op, i);
            }
        } else if (!deed.kind().equals(Work.FETCH) && item.sid() != 0) {
            services.restore(op, deed.item(), item);
            services.dropVersion(op, step.id(), item);
        }
    }

    @Override
    public void ended(Session s, OperationRow op, boolean arrived) {
        s.run("DELETE FROM content_ref WHERE sid = 0 AND substr(what, 1, ?) = ?", op.id().length() + 1, op.id() + ":");
        boolean fresh = JobNotes.get(s, op.id(), Work.NOTE, Work.class).map(Work::fresh).orElse(false);
        if (!arrived && fresh && Services.ofApplication(s, op.aid()).isEmpty()) {
            Applications.drop(s, op.aid());
            core.events().add(s, "application", op.uid(), op.aid(), 0, Map.of("deleted", true));
        }
    }
}
