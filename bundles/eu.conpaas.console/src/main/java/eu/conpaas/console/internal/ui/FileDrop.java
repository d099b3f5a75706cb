package eu.conpaas.console.internal.ui;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.TreeItem;

/** Takes a file or folder that is dropped from outside. */
public final class FileDrop {
    private FileDrop() {
    }

    /** On any place of a control. */
    public static void on(Control control, java.util.function.Consumer<Path> dropped) {
        target(control, event -> true, (event, path) -> dropped.accept(path));
    }

    /** On some items of a tree. */
    public static void on(Control tree, Predicate<TreeItem> takes, BiConsumer<TreeItem, Path> dropped) {
        target(tree, event -> takes.test(item(event)), (event, path) -> dropped.accept(item(event), path));
    }

    private static TreeItem item(DropTargetEvent event) {
        return event.item instanceof TreeItem item ? item : null;
    }

    private static void target(Control control, Predicate<DropTargetEvent> takes, BiConsumer<DropTargetEvent, Path> dropped) {
        DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT | DND.DROP_MOVE);
        target.setTransfer(new Transfer[] {FileTransfer.getInstance()});
        target.addDropListener(new DropTargetAdapter() {
            @Override
            public void dragEnter(DropTargetEvent event) {
                dragOver(event);
            }

            @Override
            public void dragOver(DropTargetEvent event) {
                event.detail = takes.test(event) ? DND.DROP_COPY : DND.DROP_NONE;
                event.feedback = DND.FEEDBACK_SELECT | DND.FEEDBACK_SCROLL | DND.FEEDBACK_EXPAND;
            }

            @Override
            public void drop(DropTargetEvent event) {
                if (event.data instanceof String[] names && names.length > 0 && takes.test(event)) {
                    dropped.accept(event, Path.of(names[0]));
                }
            }
        });
    }
}
