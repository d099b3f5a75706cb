package eu.conpaas.console.internal.ui;

import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.common.notify.Notifier;
import org.eclipse.emf.ecore.util.EContentAdapter;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/** Calls back a moment after anything of a part of the model has changed; a burst of changes is one call. Ends with its control. */
public final class Watch extends EContentAdapter {
    private static final int MOMENT = 50;
    private final Control owner;
    private final Display display;
    private final Runnable changed;
    private boolean pending;

    private Watch(Control owner, Runnable changed) {
        this.owner = owner;
        this.display = owner.getDisplay();
        this.changed = changed;
    }

    /** Watches from now on. */
    public static Watch on(Notifier root, Control owner, Runnable changed) {
        Watch watch = new Watch(owner, changed);
        root.eAdapters().add(watch);
        owner.addDisposeListener(e -> root.eAdapters().remove(watch));
        return watch;
    }

    @Override
    public void notifyChanged(Notification notification) {
        super.notifyChanged(notification);
        if (notification.isTouch() || notification.getEventType() == Notification.REMOVING_ADAPTER || pending) {
            return;
        }
        pending = true;
        display.timerExec(MOMENT, () -> {
            pending = false;
            if (!owner.isDisposed()) {
                changed.run();
            }
        });
    }
}
