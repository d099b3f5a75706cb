package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.Published;
import eu.conpaas.director.internal.account.Application;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.api.Methods;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.Jobs;
import eu.conpaas.director.internal.operation.Publishing;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Manifests: checked and planned as a whole, then carried out as one operation of the application. */
public final class Manifests {
    private final Core core;
    private final Jobs jobs;
    private final Ledger ledger;
    private final Downloads downloads;
    private final DataFiles dataFiles;

    /** @param uploads folder on the content store's disk */
    public Manifests(Core core, Jobs jobs, Ledger ledger, Downloads downloads, Changes changes, Methods methods, ContentStore store, Path uploads) {
        this.core = core;
        this.jobs = jobs;
        this.ledger = ledger;
        this.downloads = downloads;
        this.dataFiles = new DataFiles(core, methods, store);
        jobs.register(new ManifestJob(core, downloads, new ServiceSteps(core, changes, methods, store, uploads)));
    }

    /** Who asks for what. */
    public record Ask(String manifest, long uid, String by, boolean plan, boolean confirm) {
    }

    /**
     * Makes a new application of a manifest. If its name is taken, it gets {@code (2)}, {@code (3)}, … after it.
     *
     * @throws ApiException for every reason to refuse it; nothing has been done then
     */
    public Accepted create(Ask ask) {
        Manifest manifest = ManifestReader.read(ask.manifest, core.types());
        return accept(ask, new ManifestPlanner(core, downloads, manifest, null), true, s -> {
            Set<String> taken = Applications.ofUser(s, ask.uid).stream().map(Application::name).collect(Collectors.toSet());
            return Applications.insert(s, ask.uid, free(manifest.application(), taken), core.clock().instant());
        });
    }

    static String free(String name, Collection<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + " (" + i + ")";
        }
        return free;
    }

    /**
     * Makes an application be as a manifest says, at its owner's cost. Only the owner may have services removed by it.
     *
     * @param uid who asks
     * @throws ApiException as {@link #create}, and FORBIDDEN
     */
    public Accepted update(long aid, String text, long uid, String by, boolean planOnly, boolean confirm) {
        long owner = core.database().read(s -> Applications.find(s, aid)).orElseThrow().uid();
        Ask ask = new Ask(text, owner, by, planOnly, confirm);
        Manifest manifest = ManifestReader.read(ask.manifest, core.types());
        List<Service> services = core.database().read(s -> Services.ofApplication(s, aid));
        ManifestPlanner planner = new ManifestPlanner(core, downloads, manifest, services);
        if (!planOnly && uid != owner && planner.plan().steps().stream().anyMatch(step -> step.kind().equals(Work.REMOVE))) {
            throw new ApiException(ErrorCode.FORBIDDEN, "The manifest leaves services out, which would be removed; that is for the application's owner.",
                    "Name all services there are, or ask the owner to apply it.");
        }
        return accept(ask, planner, false, s -> {
            List<Service> now = Services.ofApplication(s, aid);
            boolean same = now.size() == services.size() && services.stream().allMatch(before -> now.stream()
                    .anyMatch(n -> n.sid() == before.sid() && n.desired().version() == before.desired().version()));
            if (!same || Applications.find(s, aid).filter(a -> !a.deleting()).isEmpty()) {
                throw new ApiException(ErrorCode.CONFLICT, "The application has just been changed by somebody else.", "Look at the plan again.");
            }
            return aid;
        });
    }

    private Accepted accept(Ask ask, ManifestPlanner planner, boolean fresh, ToLongFunction<Session> application) {
        Plan plan = planner.plan();
        Draft draft = planner.draft();
        if (!ask.plan) {
            boolean affordable = core.database().read(s -> ledger.affordable(s, ask.uid, draft.creditsNow()));
            if (!affordable) {
                throw new ApiException(ErrorCode.NOT_ENOUGH_CREDITS, "The manifest needs " + draft.creditsNow() + " credits at once; you have "
                        + core.database().read(s -> Ledger.credit(s, ask.uid)) + ".", "Ask your administrator for credits, or make the manifest smaller.");
            }
        }
        if (ask.plan || draft.isEmpty() && !fresh) {
            return new Accepted(plan, null, null);
        }
        if (plan.confirm() && !ask.confirm) {
            throw new ApiException(ErrorCode.CONFIRMATION_NEEDED, String.join(" ", plan.warnings()), "Look at the plan, then call again with confirm=true.");
        }
        Operation operation = jobs.accept(plan, ask.uid, ask.by, application, (s, id, aid) -> {
            JobNotes.put(s, id, Work.NOTE, draft.work(fresh));
            draft.secrets().forEach((step, value) -> JobNotes.put(s, id, ServiceSteps.SECRET + step, value));
        });
        return new Accepted(null, operation, null);
    }

    /** What the other services of its application publish to a service. */
    public List<Published> references(long sid) {
        return core.database().read(s -> Publishing.to(s, core.types(), Services.get(s, sid)));
    }

    /**
     * The manifest of an application as it is.
     *
     * @param secrets whether values of variables that look like secrets are in it
     * @param data    whether links to the data of running services are in it, got from them now
     */
    public Map<String, Object> download(long aid, long uid, String by, boolean secrets, boolean data) throws IOException {
        Map<String, Downloads.Kept> files = data ? dataFiles.of(aid, uid, by) : Map.of();
        return core.database().write(s -> new ManifestWriter(s, core.types(), downloads, secrets, files).of(Applications.find(s, aid).orElseThrow()));
    }
}
