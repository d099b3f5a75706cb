package eu.conpaas.console;

import java.nio.file.Path;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.workbench.ConsolePerspective;
import eu.conpaas.console.internal.workbench.ConsoleWindowAdvisor;

/** The console as a workbench, for a product that has a display: on a desktop or in a browser. */
public final class ConsoleAdvisor extends WorkbenchAdvisor {
    private final ConsoleSession session;
    private final Consumer<Connections> opened;

    /**
     * @param display of the person
     * @param folder  where connections are saved
     * @param opened  is called once the window is there and all saved connections are being opened
     */
    public ConsoleAdvisor(Display display, Path folder, Consumer<Connections> opened) {
        this.session = ConsoleSession.start(display, folder);
        this.opened = opened;
    }

    /** What a product may do with the connections. Its methods are called by the display's thread. */
    public interface Connections {
        /** Whether any connection is saved. */
        boolean isEmpty();

        /**
         * Saves (or replaces) a connection and opens it.
         *
         * @param credentials folder with the user's key and certificate, which names the user, and the CA's certificate
         */
        void add(String name, String url, Path credentials);

        /** Tells the person that something expected did not happen. */
        void problem(String title, eu.conpaas.api.ApiError error);

        /** Shows in the status line what is going on; null: nothing. */
        void status(String text);
    }

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        configurer.setSaveAndRestore(true);
        TrayDialog.setDialogHelpAvailable(false);
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new ConsoleWindowAdvisor(configurer);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return ConsolePerspective.ID;
    }

    @Override
    public void postStartup() {
        session.keepers().open(session.store().list());
        opened.accept(new SavedConnections(session));
    }

    @Override
    public void postShutdown() {
        session.close();
    }
}
