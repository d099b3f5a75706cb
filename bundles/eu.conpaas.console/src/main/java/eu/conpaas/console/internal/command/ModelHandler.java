package eu.conpaas.console.internal.command;

import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.application.ApplicationInput;
import eu.conpaas.console.internal.navigator.NavigatorView;
import eu.conpaas.console.internal.service.ServiceInput;
import eu.conpaas.console.internal.ui.ModelInput;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Node;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Task;

/** A command about what is selected, or else about what the editor in front shows. */
abstract class ModelHandler extends AbstractHandler {
    /** What a command is about. */
    record Target(IWorkbenchWindow window, Object selected) {
        Shell shell() {
            return window.getShell();
        }

        IWorkbenchPage page() {
            return window.getActivePage();
        }

        Optional<Service> service() {
            if (selected instanceof Service service) {
                return Optional.of(service);
            }
            if (selected instanceof Node node) {
                return Optional.ofNullable(node.getService());
            }
            IEditorPart editor = page().getActiveEditor();
            return editor != null && !(selected instanceof Application) && editor.getEditorInput() instanceof ServiceInput input
                    ? ConsoleSession.get().service(input.site(), input.id()) : Optional.empty();
        }

        Optional<Application> application() {
            if (selected instanceof Application application) {
                return Optional.of(application);
            }
            Optional<Service> service = service();
            if (service.isPresent()) {
                return service.map(Service::getApplication);
            }
            IEditorPart editor = page().getActiveEditor();
            if (editor != null && editor.getEditorInput() instanceof ApplicationInput input) {
                return ConsoleSession.get().site(input.site()).flatMap(s -> Find.application(s, input.id()));
            }
            return site().flatMap(s -> s.getApplications().stream().findFirst());
        }

        Optional<Task> task() {
            return selected instanceof Task task ? Optional.of(task) : Optional.empty();
        }

        /** The director meant, or else the only (first) one there is. */
        Optional<Site> site() {
            if (selected instanceof EObject object && Find.siteOf(object).isPresent()) {
                return Find.siteOf(object);
            }
            return ConsoleSession.get().sites().getSites().stream().filter(Site::isLoaded).findFirst();
        }
    }

    @Override
    public final Object execute(ExecutionEvent event) {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindow(event);
        Object selected = first(HandlerUtil.getCurrentSelection(event));
        if (selected == null && !(HandlerUtil.getActiveEditorInput(event) instanceof ModelInput && HandlerUtil.getActivePart(event) instanceof IEditorPart)) {
            selected = first(window.getSelectionService().getSelection(NavigatorView.ID));
        }
        run(new Target(window, selected));
        return null;
    }

    /** The first thing of the model that is selected, or null. */
    private static Object first(ISelection selection) {
        return selection instanceof IStructuredSelection structured && structured.getFirstElement() instanceof EObject object ? object : null;
    }

    abstract void run(Target target);

    /** Says that nothing was selected that the command could be about. */
    static void nothing(Target target, String what) {
        MessageDialog.openInformation(target.shell(), Texts.of("nothing.title"), Texts.of("nothing." + what));
    }
}
