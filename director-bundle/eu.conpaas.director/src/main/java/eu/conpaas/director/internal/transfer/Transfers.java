package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ExportView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.director.internal.account.Application;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.api.ManagerCalls;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.JobNotes;
import eu.conpaas.director.internal.operation.Jobs;
import eu.conpaas.director.internal.operation.OperationRow;
import eu.conpaas.director.internal.operation.Operations;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Docs;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.director.internal.store.StoreException;
import eu.conpaas.director.internal.transfer.ExportDoc.ServiceDoc;
import eu.conpaas.director.internal.transfer.ImportCheck.Wanted;
import eu.conpaas.service.archive.ArchiveCheck;
import eu.conpaas.service.archive.ArchiveLimits;
import eu.conpaas.service.data.DataPart;

/** Exports and imports of whole applications. */
public final class Transfers {
    private static final String NEXT_NAME = "Choose another name.";
    private final Core core;
    private final Jobs jobs;
    private final ContentStore store;
    private final Ledger ledger;
    private final ImportCheck check;
    private final Duration life;
    private final String release;

    /** @param life how long an export is kept */
    public Transfers(Core core, Jobs jobs, Changes changes, ContentStore store, ManagerCalls managers, Ledger ledger, Duration life, String release) {
        this.core = core;
        this.jobs = jobs;
        this.store = store;
        this.ledger = ledger;
        this.life = life;
        this.release = release;
        this.check = new ImportCheck(core.types(), core.clouds());
        DataCalls data = new DataCalls(managers, store);
        jobs.register(new ExportJob(core.database(), store, data, core.clock(), life));
        jobs.register(new ImportJob(core, changes, data, check));
    }

    /** Begins an export of an application as it is now. @throws ApiException WRONG_STATE if a service is just being made or ended */
    public Accepted export(long aid, long uid, String by, boolean planOnly) {
        Application application = core.database().read(s -> Applications.find(s, aid)).orElseThrow();
        Plan plan = ExportJob.plan(application.name(), core.database().read(s -> exportable(s, aid)));
        if (planOnly) {
            return new Accepted(plan, null, null);
        }
        Operation operation = jobs.accept(plan, uid, by, s -> aid, (s, op, a) -> {
            Instant now = core.clock().instant();
            List<ServiceDoc> services = exportable(s, aid).stream().map(service -> Portable.of(s, service)).toList();
            ExportDoc doc = new ExportDoc(ExportDoc.FORMAT, ExportDoc.VERSION, true, now.truncatedTo(ChronoUnit.SECONDS), release, application.name(), services,
                    List.of());
            Exports.insert(s, new Exports.Stored(Exports.newId(), uid, aid, op, now.plus(life), Docs.write(doc), 0, null));
        });
        return new Accepted(null, operation, null);
    }

    private static List<Service> exportable(Session s, long aid) {
        List<Service> services = Services.ofApplication(s, aid);
        for (Service service : services) {
            Operations.openOf(s, service.sid()).filter(o -> o.kind().equals(OperationRow.CREATE) || o.kind().equals(OperationRow.TERMINATE)).ifPresent(o -> {
                throw new ApiException(ErrorCode.WRONG_STATE, "Service " + service.name() + " is just being made or ended (operation " + o.id() + ").",
                        "Wait until that has finished.");
            });
        }
        return services;
    }

    public List<ExportView> list(long uid) {
        return core.database().read(s -> Exports.list(s, uid)).stream().map(Exports.Stored::view).toList();
    }

    public ExportView get(long uid, String id) {
        return core.database().read(s -> Exports.get(s, uid, id)).view();
    }

    /** Forgets an export. @throws ApiException WRONG_STATE while it is being made or imported */
    public void delete(long uid, String id) {
        core.database().write(s -> {
            Exports.get(s, uid, id).ready();
            if (Exports.isWanted(s, id)) {
                throw new ApiException(ErrorCode.WRONG_STATE, "Export " + id + " is being imported.", "Wait until that has finished, or cancel it.");
            }
            Exports.remove(s, id);
            return null;
        });
    }

    /** The export as a file to send. */
    ExportContent file(long uid, String id) {
        return new ExportContent(core.database().read(s -> Exports.get(s, uid, id)).ready(), store);
    }

    /** Takes a file in: all of it is read and checked before anything of it is kept, and what archives hold once more after that. */
    ExportView take(long uid, Path file) throws IOException {
        ExportReader reader = new ExportReader(file);
        check.check(reader.check().doc(), null, false);
        ExportReader.Read read = reader.read((hash, bytes) -> store.put(bytes, uid));
        read.doc().services().forEach(this::archives);
        ExportFile whole = new ExportFile(read.index().getBytes(StandardCharsets.UTF_8), read.doc());
        Exports.Stored stored = new Exports.Stored(Exports.newId(), uid, 0, null, core.clock().instant().plus(life), read.index(), whole.size(), whole.sha256(store::path));
        core.database().write(s -> {
            Exports.insert(s, stored);
            return null;
        });
        return stored.view();
    }

    private void archives(ServiceDoc service) {
        for (CodeVersion version : service.versions()) {
            ArchiveCheck.check(store.path(version.hash()), version.filename());
        }
        service.data().stream().filter(d -> d.format().equals(DataPart.TAR)).forEach(d -> ArchiveCheck.check(store.path(d.sha256()), d.name(), ArchiveLimits.DATA));
    }

    /**
     * Begins to make an application of an export.
     *
     * @param name  of the new application, or null for the one it had
     * @param cloud where all services go, or null for the clouds the export names
     * @throws ApiException CONFLICT if the name is taken, NOT_ENOUGH_CREDITS, and what {@link ImportCheck#check} says; nothing has been made then
     */
    public Accepted importAs(long uid, String id, String name, String cloud, String by, boolean planOnly) {
        ExportDoc doc = core.database().read(s -> Exports.get(s, uid, id)).ready().doc();
        String wanted = Applications.checked(name == null || name.isBlank() ? doc.application() : name);
        List<Wanted> services = check.check(doc, cloud, true);
        Plan plan = ImportJob.plan(wanted, services);
        core.database().read(s -> {
            requireFree(s, uid, wanted);
            if (!ledger.affordable(s, uid, plan.creditsNow())) {
                throw new ApiException(ErrorCode.NOT_ENOUGH_CREDITS, "The import needs " + plan.creditsNow() + " credits, you have " + Ledger.credit(s, uid) + ".",
                        "Stop what you do not need, or ask your administrator for credits.");
            }
            return null;
        });
        if (planOnly) {
            return new Accepted(plan, null, null);
        }
        return new Accepted(null, jobs.accept(plan, uid, by, s -> application(s, uid, wanted), (s, op, aid) -> {
            Exports.get(s, uid, id);
            JobNotes.put(s, op, ImportJob.EXPORT, id);
            if (cloud != null) {
                JobNotes.put(s, op, ImportJob.CLOUD, cloud);
            }
        }), null);
    }

    private static void requireFree(Session s, long uid, String name) {
        if (Applications.ofUser(s, uid).stream().anyMatch(a -> a.name().equals(name))) {
            throw taken(name, null);
        }
    }

    private long application(Session s, long uid, String name) {
        try {
            return Applications.insert(s, uid, name, core.clock().instant());
        } catch (StoreException e) {
            throw e.isConstraint() ? taken(name, e) : e;
        }
    }

    private static ApiException taken(String name, Exception e) {
        return new ApiException(ErrorCode.CONFLICT, "Application name \"" + name + "\" already taken", NEXT_NAME, e);
    }

    /** Forgets exports whose days are over. */
    public void expire() {
        core.database().write(s -> {
            Exports.expire(s, core.clock().instant());
            return null;
        });
    }
}
