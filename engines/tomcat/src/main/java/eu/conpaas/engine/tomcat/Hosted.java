package eu.conpaas.engine.tomcat;

import org.apache.catalina.core.StandardContext;

/** A release that is hosted, and how many requests it is answering. */
final class Hosted {
    private final String release;
    private final StandardContext context;
    private final SharedManager manager;
    private int busy;
    private boolean leaving;
    private boolean gone;

    Hosted(String release, StandardContext context, SharedManager manager) {
        this.release = release;
        this.context = context;
        this.manager = manager;
    }

    /** The code version of a release: its name without what tells apart releases of one version. */
    static String version(String release) {
        return release.split("~", 2)[0];
    }

    String release() {
        return release;
    }

    String version() {
        return version(release);
    }

    StandardContext context() {
        return context;
    }

    SharedManager manager() {
        return manager;
    }

    boolean isAvailable() {
        return context.getState().isAvailable();
    }

    /** Begins a request. @return whether the release still takes one; then {@link #exit} must follow */
    synchronized boolean enter() {
        if (gone) {
            return false;
        }
        busy++;
        return true;
    }

    synchronized void exit() {
        busy--;
        notifyAll();
    }

    /** It is wanted again. @return whether it was in time */
    synchronized boolean stay() {
        leaving = false;
        notifyAll();
        return !gone;
    }

    /**
     * Waits until nothing is under way, within bounds; from then on no request is taken.
     *
     * @return false if it is wanted again, or somebody else waits already
     */
    synchronized boolean leave(long millis) throws InterruptedException {
        if (leaving || gone) {
            return false;
        }
        leaving = true;
        long deadline = System.currentTimeMillis() + millis;
        for (long left = millis; leaving && busy > 0 && left > 0; left = deadline - System.currentTimeMillis()) {
            wait(left);
        }
        gone = leaving;
        return gone;
    }

    /** Waits until nothing is under way. @param deadline in milliseconds since 1970 */
    synchronized void awaitIdle(long deadline) throws InterruptedException {
        for (long left = deadline - System.currentTimeMillis(); busy > 0 && left > 0; left = deadline - System.currentTimeMillis()) {
            wait(left);
        }
    }
}
