package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.operation.Asked;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.Job;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.transfer.ExportDoc.DataDoc;
import eu.conpaas.director.internal.transfer.ExportDoc.ServiceDoc;
import eu.conpaas.director.internal.transfer.ImportCheck.Wanted;

/**
 * Makes applications of exports: all services first, then their data, then those start that ran. Each step finds by its request's id what it began before a
 * crash. Taken back, everything it made is gone.
 */
final class ImportJob implements Job {
    static final String KIND = "import";
    /** Note: id of the export. */
    static final String EXPORT = "export";
    /** Note: where all services go; not there if where the export says. */
    static final String CLOUD = "cloud";
    private static final String SID = "sid:";
    private static final String LATER = "later:";
    private static final String CREATE = "create-service";
    private static final String RESTORE = "restore-data";
    private static final String START = "start-service";
    private static final long LOOK_MILLIS = 500;
    private final Core core;
    private final Changes changes;
    private final DataCalls data;
    private final ImportCheck check;

    ImportJob(Core core, Changes changes, DataCalls data, ImportCheck check) {
        this.core = core;
        this.changes = changes;
        this.data = data;
        this.check = check;
    }

    static Plan plan(String name, List<Wanted> services) {
        List<PlanStep> steps = new ArrayList<>();
        List<Integer> all = IntStream.range(0, services.size()).boxed().toList();
        all.forEach(i -> steps.add(step(CREATE, i, "Create " + title(services.get(i)), 3)));
        all.stream().filter(i -> !services.get(i).doc().data().isEmpty()).forEach(i -> steps.add(step(RESTORE, i, "Restore the data of " + services.get(i).doc().name(), 5)));
        // Data that may need a running service belongs to what others build on: nobody is to see an application before its database.
        all.stream().filter(i -> services.get(i).starts()).sorted(Comparator.comparing(i -> !services.get(i).late()))
                .forEach(i -> steps.add(step(START, i, start(services.get(i)), 10)));
        int agents = services.stream().mapToInt(Wanted::nodes).sum();
        int lasting = services.stream().filter(w -> w.doc().running()).mapToInt(Wanted::nodes).sum();
        String summary = "Import as " + name + ": " + count(services.size(), "service") + ", " + count(services.size() + agents, "node");
        return new Plan(KIND, summary, steps, services.size() + lasting, 0, services.size() + agents, steps.stream().mapToDouble(PlanStep::seconds).sum(), List.of(), false);
    }

    private static String title(Wanted service) {
        return service.doc().name() + " (" + service.doc().type() + ") on cloud " + Clouds.shown(service.cloud());
    }

    private static String start(Wanted service) {
        return "Start " + service.doc().name() + " with " + count(service.nodes(), "node") + (service.doc().running() ? "" : " for its data, and stop it");
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static PlanStep step(String kind, int index, String title, double seconds) {
        return new PlanStep(kind + ":" + index, Actor.DIRECTOR, kind, title, null, null, false, seconds);
    }

    private static int index(PlanStep step) {
        return Integer.parseInt(step.id().substring(step.id().lastIndexOf(':') + 1));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean together(String stepKind) {
        return stepKind.equals(CREATE) || stepKind.equals(RESTORE);
    }

    @Override
    public String carryOut(OperationRow op, PlanStep step, JobWatch watch) throws InterruptedException, IOException {
        int index = index(step);
        Wanted wanted = wanted(op).get(index);
        return switch (step.kind()) {
            case CREATE -> create(op, index, wanted, watch);
            case RESTORE -> restore(op, index, wanted, watch);
            default -> start(op, index, wanted, watch);
        };
    }

    private List<Wanted> wanted(OperationRow op) {
        return core.database().read(s -> {
            String id = JobNotes.get(s, op.id(), EXPORT, String.class).orElseThrow();
            Optional<String> cloud = JobNotes.get(s, op.id(), CLOUD, String.class);
            return check.check(Exports.get(s, op.uid(), id).doc(), cloud.orElse(null), true);
        });
    }

    private static Asked asked(OperationRow op, String what, int index) {
        return new Asked(op.by(), op.id() + "." + what + "." + index, false, true);
    }

    private String create(OperationRow op, int index, Wanted wanted, JobWatch watch) throws InterruptedException {
        ServiceDoc doc = wanted.doc();
        Operation made = changes.create(doc.type(), doc.name(), wanted.cloud(), op.uid(), op.aid(), asked(op, CREATE, index), new Changes.Seed() {
            @Override
            public DesiredState state(DesiredState initial) {
                DesiredState s = doc.state();
                return new DesiredState(initial.version(), initial.goal(), s.counts(), List.of(), s.codeVersion(), s.previousCode(), s.settings(), s.environment(),
                        s.startupScript(), s.data());
            }

            @Override
            public void stored(Session s, long sid, String operation) {
                store(s, sid, doc);
                JobNotes.put(s, op.id(), SID + index, sid);
            }
        });
        watch.ended(changes, made);
        return "service " + made.sid();
    }

    private void store(Session s, long sid, ServiceDoc doc) {
        Service service = Services.get(s, sid);
        doc.versions().forEach(version -> core.versions().record(s, service, version));
        CodeVersions.keepStartupScript(s, sid, doc.state().startupScript());
        if (doc.git() != null) {
            doc.git().adopt(s, sid, core.clock().instant());
        }
        doc.data().forEach(part -> ContentStore.refer(s, sid, reference(part), part.sha256()));
    }

    private static String reference(DataDoc part) {
        return "import:" + part.name();
    }

    private Service service(OperationRow op, int index) {
        return core.database().read(s -> Services.get(s, JobNotes.get(s, op.id(), SID + index, Long.class).orElseThrow()));
    }

    private String restore(OperationRow op, int index, Wanted wanted, JobWatch watch) throws InterruptedException, IOException {
        List<String> later = new ArrayList<>();
        for (DataDoc part : wanted.doc().data()) {
            if (!data.restore(service(op, index), part.name(), part.sha256(), watch)) {
                later.add(part.name());
            }
        }
        if (!later.isEmpty() && !wanted.late()) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The service does not take " + String.join(", ", later) + " before it runs.", "Report this.");
        }
        core.database().write(s -> {
            JobNotes.put(s, op.id(), LATER + index, later.toArray(String[]::new));
            return null;
        });
        return later.isEmpty() ? null : String.join(", ", later) + " once it runs";
    }

    private String start(OperationRow op, int index, Wanted wanted, JobWatch watch) throws InterruptedException, IOException {
        Service service = service(op, index);
        List<String> later = List.of(core.database().read(s -> JobNotes.get(s, op.id(), LATER + index, String[].class)).orElse(new String[0]));
        if (later.isEmpty() && !wanted.doc().running()) {
            return "its data needed no start";
        }
        watch.ended(changes, changes.change(service.sid(), "startup", Map.of(), asked(op, START, index)).operation());
        for (DataDoc part : wanted.doc().data()) {
            if (later.contains(part.name()) && !data.restore(service(op, index), part.name(), part.sha256(), watch)) {
                throw new ApiException(ErrorCode.STEP_FAILED, "The service does not take " + part.name() + ".", "See its manager's log.");
            }
        }
        if (!wanted.doc().running()) {
            watch.ended(changes, changes.change(service.sid(), "shutdown", Map.of(), asked(op, "stop-service", index)).operation());
        }
        return null;
    }

    @Override
    public void undo(OperationRow op, PlanStep step) throws InterruptedException {
        Long sid = core.database().read(s -> JobNotes.get(s, op.id(), SID + index(step), Long.class)).orElse(null);
        if (!step.kind().equals(CREATE) || sid == null) {
            return;
        }
        while (core.database().read(s -> Services.find(s, sid)).isPresent()) {
            long seen = core.bells().count(sid);
            terminate(sid, op);
            core.bells().await(sid, seen, LOOK_MILLIS);
        }
    }

    private void terminate(long sid, OperationRow op) {
        try {
            changes.terminate(sid, op.by(), false);
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public void ended(Session s, OperationRow op, boolean arrived) {
        List<Service> services = Services.ofApplication(s, op.aid());
        services.forEach(service -> ContentStore.letGoOf(s, service.sid(), "import:"));
        if (!arrived && services.isEmpty()) {
            Applications.drop(s, op.aid());
        } else if (!arrived) {
            Applications.markDeleting(s, op.aid());
        }
    }
}
