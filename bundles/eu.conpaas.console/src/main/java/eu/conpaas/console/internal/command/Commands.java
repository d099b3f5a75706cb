package eu.conpaas.console.internal.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import eu.conpaas.api.ApiError;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.command.ModelHandler.Target;
import eu.conpaas.console.internal.ui.ChangeDialog;
import eu.conpaas.console.internal.ui.ManifestDialog;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.wizard.NewServiceWizard;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Task;
import eu.conpaas.console.model.change.ServiceChange;
import eu.conpaas.console.model.change.TypeCalls;
import eu.conpaas.rpc.Json;

/** What commands and pages have in common: a question to the person, then work away from the screen. */
public final class Commands {
    private static final String[] JSON = {"*.json", "*"};

    private Commands() {
    }

    public static void newService(Shell shell, Application application) {
        new WizardDialog(shell, new NewServiceWizard(application)).open();
    }

    static void newApplication(Target target, Site site) {
        ask(target.shell(), Texts.of("newApplication.title"), Texts.of("newApplication.name", site.getName()), "",
                name -> work(target.shell(), site, Texts.of("newApplication.title"), d -> d.createApplication(name)));
    }

    /** Shows a change with its plan. */
    static void change(Target target, Service service, Function<TypeCalls, ServiceChange> change) {
        Find.type(service).ifPresent(type -> ConsoleSession.get().director(service)
                .ifPresent(d -> ChangeDialog.open(target.shell(), d, change.apply(new TypeCalls(type)), service.getName())));
    }

    static void deleteApplication(Target target, Application application) {
        String services = application.getServices().isEmpty() ? Texts.of("deleteApplication.none")
                : Texts.of("deleteApplication.services", String.join(", ", application.getServices().stream().map(Service::getName).toList()));
        if (MessageDialog.openConfirm(target.shell(), Texts.of("deleteApplication.title", application.getName()), services)) {
            long aid = application.getAid();
            work(target.shell(), application, Texts.of("deleteApplication.title", application.getName()), d -> d.deleteApplication(aid));
        }
    }

    static void rename(Target target, Application application) {
        long aid = application.getAid();
        ask(target.shell(), Texts.of("rename.title"), Texts.of("rename.name", application.getName()), application.getName(),
                name -> work(target.shell(), application, Texts.of("rename.title"), d -> d.renameApplication(aid, name)));
    }

    static void rename(Target target, Service service) {
        long sid = service.getSid();
        ask(target.shell(), Texts.of("rename.title"), Texts.of("rename.name", service.getName()), service.getName(),
                name -> work(target.shell(), service, Texts.of("rename.title"), d -> d.services().rename(sid, name)));
    }

    static Optional<Task> underWay(Service service) {
        return Find.siteOf(service).flatMap(site -> site.getTasks().stream()
                .filter(t -> t.getOperation().sid() == service.getSid() && !t.getOperation().state().isFinal()).findFirst());
    }

    static void cancel(Target target, Task task) {
        String id = task.getId();
        if (!task.getOperation().state().isFinal()) {
            work(target.shell(), task, Texts.of("cancel.title", task.getOperation().plan().summary()), d -> d.operations().cancel(id));
        }
    }

    static void importManifest(Target target, Site site) {
        FileDialog dialog = new FileDialog(target.shell(), SWT.OPEN);
        dialog.setText(Texts.of("import.title"));
        dialog.setFilterExtensions(JSON);
        String chosen = dialog.open();
        Optional<Director> director = ConsoleSession.get().director(site);
        if (chosen != null && director.isPresent()) {
            Work.quietly(target.shell(), Texts.of("import.title"), m -> Files.readString(Path.of(chosen)),
                    text -> ManifestDialog.open(target.shell(), director.get(), text), error(target.shell(), Texts.of("import.title")));
        }
    }

    /** Asks where to, and saves the manifest of an application there. */
    public static void exportManifest(Shell shell, Application application) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(Texts.of("export.title", application.getName()));
        dialog.setFileName(application.getName().replaceAll("[^A-Za-z0-9_-]+", "-") + ".json");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            long aid = application.getAid();
            ConsoleSession.get().director(application).ifPresent(director -> Work.start(shell, Texts.of("export.title", application.getName()),
                    m -> Files.writeString(Path.of(chosen), Json.pretty(director.manifests().download(aid, false, false))), done -> { },
                    error(shell, Texts.of("export.title", application.getName()))));
        }
    }

    static void forget(Target target, Site site) {
        if (MessageDialog.openConfirm(target.shell(), Texts.of("forget.title", site.getName()), Texts.of("forget.question", site.getName()))) {
            ConsoleSession session = ConsoleSession.get();
            session.store().list().stream().filter(s -> s.id().equals(site.getId())).forEach(session.store()::remove);
            session.keepers().remove(site);
        }
    }

    private static void ask(Shell shell, String title, String question, String initial, Consumer<String> answer) {
        InputDialog dialog = new InputDialog(shell, title, question, initial, text -> text.isBlank() ? "" : null);
        if (dialog.open() == Window.OK) {
            answer.accept(dialog.getValue().strip());
        }
    }

    private static void work(Shell shell, org.eclipse.emf.ecore.EObject about, String title, Consumer<Director> call) {
        ConsoleSession.get().director(about).ifPresent(director -> Work.start(shell, title, m -> {
            call.accept(director);
            return title;
        }, done -> { }, error(shell, title)));
    }

    private static Consumer<ApiError> error(Shell shell, String title) {
        return e -> Problems.show(shell, title, e);
    }
}
