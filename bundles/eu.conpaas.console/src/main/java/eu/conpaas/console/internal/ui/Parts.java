package eu.conpaas.console.internal.ui;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;

import eu.conpaas.console.internal.application.ApplicationInput;
import eu.conpaas.console.internal.service.ServiceInput;
import eu.conpaas.console.internal.welcome.WelcomeInput;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Node;
import eu.conpaas.console.model.Service;

/** Opens what there is to open. */
public final class Parts {
    private Parts() {
    }

    /** The editor of a service, of an application, or of the service a node belongs to. Nothing else has one. */
    public static void open(IWorkbenchPage page, EObject object) {
        try {
            if (object instanceof Service service && Find.siteOf(service).isPresent()) {
                page.openEditor(new ServiceInput(Find.siteOf(service).get().getId(), service.getSid(), service.getName()), "eu.conpaas.console.service");
            } else if (object instanceof Application application && application.getSite() != null) {
                page.openEditor(new ApplicationInput(application.getSite().getId(), application.getAid(), application.getName()), "eu.conpaas.console.application");
            } else if (object instanceof Node node && node.getService() != null) {
                open(page, node.getService());
            }
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void openWelcome(IWorkbenchPage page) throws PartInitException {
        page.openEditor(WelcomeInput.INSTANCE, "eu.conpaas.console.welcome");
    }
}
