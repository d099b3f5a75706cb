package eu.conpaas.console;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.pki.Credentials;

/** The connections of a session, for its product. */
final class SavedConnections implements ConsoleAdvisor.Connections {
    private final ConsoleSession session;

    SavedConnections(ConsoleSession session) {
        this.session = session;
    }

    @Override
    public boolean isEmpty() {
        return session.sites().getSites().isEmpty();
    }

    @Override
    public void add(String name, String url, Path folder) {
        try {
            Credentials credentials = Credentials.read(folder);
            session.keepers().open(session.store().save(name, url, credentials.identity().name(), credentials));
        } catch (IOException | IllegalArgumentException e) {
            problem(name, new ApiError(ErrorCode.NOT_AUTHENTICATED, "The certificate in " + folder + " cannot be used: " + e.getMessage() + ".", ""));
        }
    }

    @Override
    public void problem(String title, ApiError error) {
        Problems.show(PlatformUI.getWorkbench().getActiveWorkbenchWindow().getShell(), title, error);
    }

    @Override
    public void status(String text) {
        var page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
        if (page.findView("eu.conpaas.console.navigator") instanceof ViewPart view) {
            view.getViewSite().getActionBars().getStatusLineManager().setMessage(text);
        }
    }
}
