package eu.conpaas.console.internal.workbench;

import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Parts;

/** The console's window. */
public final class ConsoleWindowAdvisor extends WorkbenchWindowAdvisor {
    private static final Point SIZE = new Point(1280, 820);

    public ConsoleWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        super(configurer);
    }

    @Override
    public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer configurer) {
        return new ActionBarAdvisor(configurer) {
            @Override
            protected void makeActions(org.eclipse.ui.IWorkbenchWindow window) {
                register(org.eclipse.ui.actions.ActionFactory.QUIT.create(window));
                register(org.eclipse.ui.actions.ActionFactory.SAVE.create(window));
                register(org.eclipse.ui.actions.ActionFactory.CLOSE.create(window));
            }
        };
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer window = getWindowConfigurer();
        window.setInitialSize(SIZE);
        window.setTitle(Texts.of("window.title"));
        window.setShowCoolBar(true);
        window.setShowStatusLine(true);
        window.setShowMenuBar(true);
        window.setShowProgressIndicator(true);
        window.setShowPerspectiveBar(true);
    }

    @Override
    public void postWindowOpen() {
        IWorkbenchPage page = getWindowConfigurer().getWindow().getActivePage();
        if (page.getEditorReferences().length == 0) {
            try {
                Parts.openWelcome(page);
            } catch (PartInitException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
