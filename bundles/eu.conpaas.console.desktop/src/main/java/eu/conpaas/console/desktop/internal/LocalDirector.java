package eu.conpaas.console.desktop.internal;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.EmbeddedDirector;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.console.ConsoleAdvisor.Connections;

/**
 * The director inside the console: started when there is no other, and whenever there was one before. Its services go on when the console is closed; the
 * next console takes them over.
 */
final class LocalDirector implements AutoCloseable {
    private static final String NAME = "This computer";
    private static final long PATIENCE = 20_000;
    private final Path folder;
    private final Display display;
    private final ServiceTracker<EmbeddedDirector, EmbeddedDirector> tracker =
            new ServiceTracker<>(FrameworkUtil.getBundle(LocalDirector.class).getBundleContext(), EmbeddedDirector.class, null);
    private volatile EmbeddedDirector running;
    private Job starting;

    /** @param config folder of the user's settings; the director's own is in it */
    LocalDirector(Path config, Display display) {
        this.folder = config.resolve("director");
        this.display = display;
        tracker.open();
    }

    /** Starts it, unless the person works with other directors only. */
    void opened(Connections connections) {
        if (!connections.isEmpty() && !Files.exists(folder)) {
            return;
        }
        connections.status("Starting the director of this computer...");
        starting = Job.create("Start the director of this computer", monitor -> {
            try {
                EmbeddedDirector director = tracker.waitForService(PATIENCE);
                if (director == null) {
                    throw new ApiException(ErrorCode.UNAVAILABLE, "This console has no director in it.", "Connect to another one.");
                }
                String url = director.start(folder);
                running = director;
                show(() -> {
                    connections.status(null);
                    connections.add(NAME, url, folder.resolve(EmbeddedDirector.OWNER));
                });
            } catch (ApiException e) {
                show(() -> failed(connections, e.error()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Status.OK_STATUS;
        });
        starting.schedule();
    }

    private static void failed(Connections connections, ApiError error) {
        connections.status(null);
        connections.problem("The director of this computer", error);
    }

    private void show(Runnable what) {
        if (!display.isDisposed()) {
            display.asyncExec(what);
        }
    }

    @Override
    public void close() {
        if (starting != null) {
            starting.cancel();
        }
        EmbeddedDirector director = running;
        if (director != null) {
            director.close();
        }
        tracker.close();
    }
}
