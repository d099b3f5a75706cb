package eu.conpaas.console.internal;

import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

import eu.conpaas.client.Director;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;
import eu.conpaas.console.model.site.SiteStore;
import eu.conpaas.console.model.sync.Keepers;
import eu.conpaas.console.model.sync.SiteKeeper;

/** One person's console: the saved connections and the models of their directors. It belongs to a display, so that several people can share a process. */
public final class ConsoleSession implements AutoCloseable {
    private static final String KEY = ConsoleSession.class.getName();
    private final Keepers keepers;
    private final SiteStore store;

    private ConsoleSession(Display display, Path folder) {
        this.store = new SiteStore(folder);
        this.keepers = new Keepers(change -> {
            if (!display.isDisposed()) {
                display.asyncExec(change);
            }
        });
    }

    /** Makes the session of a display. @param folder where connections are saved */
    public static ConsoleSession start(Display display, Path folder) {
        ConsoleSession session = new ConsoleSession(display, folder);
        display.setData(KEY, session);
        return session;
    }

    /** The session of the thread's display. */
    public static ConsoleSession get() {
        Display display = Display.getCurrent() != null ? Display.getCurrent() : PlatformUI.getWorkbench().getDisplay();
        return (ConsoleSession) display.getData(KEY);
    }

    public Keepers keepers() {
        return keepers;
    }

    public SiteStore store() {
        return store;
    }

    public Sites sites() {
        return keepers.sites();
    }

    public Optional<Site> site(String id) {
        return Find.site(sites(), id);
    }

    public Optional<Service> service(String siteId, long sid) {
        return site(siteId).flatMap(s -> Find.service(s, sid));
    }

    /** The client of the director that holds an object; empty when it is closed. */
    public Optional<Director> director(org.eclipse.emf.ecore.EObject object) {
        return keepers.keeper(object).map(SiteKeeper::director);
    }

    @Override
    public void close() {
        keepers.close();
    }
}
