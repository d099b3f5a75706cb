package eu.conpaas.console.internal.service;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.swt.widgets.Control;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ServiceState;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.ChangeDialog;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.TypeCalls;

/** Code that is chosen or dropped becomes a version of a service; then the switch to it is offered, with its plan. */
public final class CodeUpload {
    private CodeUpload() {
    }

    /** Whether a service holds code. */
    public static boolean takes(Service service) {
        return Find.type(service).map(t -> t.hasCode()).orElse(false);
    }

    /** @param path an archive, or a folder, which is packed first */
    public static void start(Control owner, Service service, Path path) {
        ConsoleSession.get().director(service).ifPresent(director -> start(owner, service, director, path));
    }

    private static void start(Control owner, Service service, Director director, Path path) {
        String name = service.getName();
        long sid = service.getSid();
        Work.start(owner, Texts.of("upload.title", path.getFileName(), name), monitor -> {
            boolean folder = Files.isDirectory(path);
            Path archive = folder ? FolderZip.pack(path, monitor) : path;
            try {
                monitor.subTask(Texts.of("upload.sending", path.getFileName()));
                return director.services().uploadVersion(sid, archive, folder ? Texts.of("upload.folder", path.getFileName()) : "", (done, total) -> { });
            } finally {
                if (folder) {
                    FolderZip.delete(archive);
                }
            }
        }, version -> offer(owner, service, director, version), e -> Problems.show(owner.getShell(), Texts.of("upload.title", path.getFileName(), name), e));
    }

    /** A service that has not been started only notes which version it will begin with, which costs nothing. */
    private static void offer(Control owner, Service service, Director director, CodeVersion version) {
        Find.type(service).flatMap(t -> new TypeCalls(t).activate(service.getSid(), version.id())).ifPresent(change -> {
            if (service.getState() == ServiceState.RUNNING || service.getState() == ServiceState.ADAPTING) {
                ChangeDialog.open(owner.getShell(), director, change, service.getName());
            } else {
                Work.start(owner, Texts.of("change.activate.title", service.getName()), m -> change.make(director), id -> { },
                        e -> Problems.show(owner.getShell(), Texts.of("change.activate.title", service.getName()), e));
            }
        });
    }
}
