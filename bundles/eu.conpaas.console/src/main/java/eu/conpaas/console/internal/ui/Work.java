package eu.conpaas.console.internal.ui;

import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Widget;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Work away from the thread that draws, whose outcome is brought back to it. Cancelling gives up waiting; what the director has begun goes on. */
public final class Work {
    private Work() {
    }

    /** What takes time. */
    @FunctionalInterface
    public interface Task<T> {
        T run(IProgressMonitor monitor) throws Exception;
    }

    /**
     * Begins.
     *
     * @param owner nothing is brought back once this is disposed
     * @param title for the progress view
     */
    public static <T> Job start(Widget owner, String title, Task<T> task, Consumer<T> done, Consumer<ApiError> failed) {
        return begin(owner, title, false, task, done, failed);
    }

    /** The same for what a person need not see, such as reading what a page shows. */
    public static <T> Job quietly(Widget owner, String title, Task<T> task, Consumer<T> done, Consumer<ApiError> failed) {
        return begin(owner, title, true, task, done, failed);
    }

    private static <T> Job begin(Widget owner, String title, boolean system, Task<T> task, Consumer<T> done, Consumer<ApiError> failed) {
        Display display = owner.getDisplay();
        Job job = new Job(title) {
            private volatile boolean given;

            @Override
            protected IStatus run(IProgressMonitor monitor) {
                monitor.beginTask(title, IProgressMonitor.UNKNOWN);
                try {
                    T value = task.run(monitor);
                    bring(() -> done.accept(value));
                } catch (Exception e) {
                    ApiError error = error(e);
                    bring(() -> failed.accept(error));
                }
                return given ? Status.CANCEL_STATUS : Status.OK_STATUS;
            }

            private void bring(Runnable outcome) {
                if (!given && !display.isDisposed()) {
                    display.asyncExec(() -> {
                        if (!owner.isDisposed()) {
                            outcome.run();
                        }
                    });
                }
            }

            @Override
            protected void canceling() {
                given = true;
                Thread thread = getThread();
                if (thread != null) {
                    thread.interrupt();
                }
            }
        };
        job.setSystem(system);
        job.setUser(false);
        job.schedule();
        return job;
    }

    /** What a person is told of an exception. */
    public static ApiError error(Exception e) {
        if (e instanceof ApiException api) {
            return api.error();
        }
        return new ApiError(ErrorCode.INTERNAL, e.getMessage() == null ? e.toString() : e.getMessage(), "");
    }
}
