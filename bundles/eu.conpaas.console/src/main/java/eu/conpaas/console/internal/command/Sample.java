package eu.conpaas.console.internal.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceView;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.command.ModelHandler.Target;
import eu.conpaas.console.internal.ui.Parts;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.change.ServiceChange;
import eu.conpaas.console.model.change.TypeCalls;
import eu.conpaas.rpc.Cancellation;

/** The sample application: one web page that says which node served it, made, uploaded and started in one go. */
final class Sample {
    private static final String TYPE = "php";
    private static final String PAGE = "index.php";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Sample() {
    }

    static void start(Target target, Site site) {
        ConsoleSession.get().director(site).ifPresent(director -> Work.start(target.shell(), Texts.of("sample.title"), m -> make(director, m),
                sid -> Find.service(site, sid).ifPresent(s -> Parts.open(target.page(), s)), e -> Problems.show(target.shell(), Texts.of("sample.title"), e)));
    }

    private static long make(Director director, IProgressMonitor monitor) throws IOException {
        ServiceDescriptor type = director.descriptors().stream().filter(t -> t.id().equals(TYPE)).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "This director has no service type " + TYPE + ".", "Choose another director."));
        step(monitor, "sample.application");
        long aid = director.createApplication(free(director)).aid();
        step(monitor, "sample.service");
        ServiceView service = ended(director, director.services().create(aid, TYPE, null, Texts.of("sample.service.name")).operation(), monitor, aid);
        step(monitor, "sample.code");
        Path folder = Files.createTempDirectory("sample");
        Path archive = folder.resolve("sample.zip");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive)); InputStream page = Sample.class.getResourceAsStream(PAGE)) {
                zip.putNextEntry(new ZipEntry(PAGE));
                page.transferTo(zip);
            }
            String version = director.services().uploadVersion(service.sid(), archive, Texts.of("sample.title"), (done, total) -> { }).id();
            TypeCalls calls = new TypeCalls(type);
            ServiceChange activate = calls.activate(service.sid(), version).orElseThrow();
            ended(director, director.services().change(service.sid(), activate.method(), activate.parameters(), true).operation(), monitor, aid);
            step(monitor, "sample.start");
            director.services().change(service.sid(), "startup", Map.of("cloud", "default"), true);
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(folder);
        }
        return service.sid();
    }

    private static void step(IProgressMonitor monitor, String key) {
        if (monitor.isCanceled()) {
            throw new OperationCanceledException();
        }
        monitor.subTask(Texts.of(key));
    }

    /** Its only service, once an operation on it has ended well. */
    private static ServiceView ended(Director director, Operation operation, IProgressMonitor monitor, long aid) {
        if (operation != null) {
            Operation last = director.operations().await(operation.id(), o -> { }, PATIENCE, new Cancellation());
            if (last.state() != Operation.State.DONE) {
                throw last.error() == null ? new ApiException(ErrorCode.STEP_FAILED, last.plan().summary(), "") : new ApiException(last.error());
            }
        }
        step(monitor, "sample.title");
        return director.services().list(aid).getFirst();
    }

    private static String free(Director director) {
        String base = Texts.of("sample.title");
        String name = base;
        for (int n = 2; taken(director, name); n++) {
            name = base + " " + n;
        }
        return name;
    }

    private static boolean taken(Director director, String name) {
        return director.applications().stream().anyMatch(a -> a.name().equals(name));
    }
}
