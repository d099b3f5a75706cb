package eu.conpaas.console.internal.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.IStructuredContentProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;

import eu.conpaas.api.Operation;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Parts;
import eu.conpaas.console.internal.ui.Watch;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;
import eu.conpaas.console.model.Task;

/** What is under way and what has been done, newest first, of all directors. */
public final class OperationsView extends ViewPart {
    public static final String ID = "eu.conpaas.console.operations";
    private static final int CELLS = 10;
    private TableViewer viewer;

    @Override
    public void createPartControl(Composite parent) {
        viewer = new TableViewer(parent, SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        viewer.getTable().setHeaderVisible(true);
        column("operations.what", 300, t -> t.getOperation().plan().summary(), true);
        column("operations.where", 180, OperationsView::where, false);
        column("operations.progress", 170, t -> bar(t.getOperation()), false);
        column("operations.stage", 300, t -> Words.stage(t.getOperation()), false);
        column("operations.left", 90, t -> left(t.getOperation()), false);
        column("operations.begun", 150, t -> Words.time(t.getOperation().created()), false);
        column("operations.by", 90, t -> t.getOperation().by(), false);
        viewer.setContentProvider(new Newest());
        Sites sites = ConsoleSession.get().sites();
        viewer.setInput(sites);
        viewer.addDoubleClickListener(e -> open((Task) viewer.getStructuredSelection().getFirstElement()));
        Watch.on(sites, viewer.getTable(), viewer::refresh);
        MenuManager menu = new MenuManager();
        viewer.getControl().setMenu(menu.createContextMenu(viewer.getControl()));
        getSite().registerContextMenu(ID, menu, viewer);
        getSite().setSelectionProvider(viewer);
    }

    private void column(String key, int width, Function<Task, String> text, boolean state) {
        TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(Texts.of(key));
        column.getColumn().setWidth(width);
        column.getColumn().setResizable(true);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Task) element);
            }

            @Override
            public Image getImage(Object element) {
                return state ? Icons.of(((Task) element).getOperation().state()) : null;
            }
        });
    }

    private static String where(Task task) {
        Site site = (Site) task.eContainer();
        Operation operation = task.getOperation();
        return operation.sid() == 0 ? Find.application(site, operation.aid()).map(Application::getName).orElse("")
                : Find.service(site, operation.sid()).map(s -> s.getName()).orElse(Texts.of("operations.gone", Long.toString(operation.sid())));
    }

    private static String bar(Operation operation) {
        double done = Words.done(operation);
        int full = (int) Math.floor(done * CELLS);
        return operation.state().isFinal() ? Texts.of("operation.state", operation.state())
                : "\u25AE".repeat(full) + "\u25AF".repeat(CELLS - full) + " " + Math.round(done * 100) + " %";
    }

    private static String left(Operation operation) {
        return operation.state().isFinal() ? "" : Words.duration(operation.remaining().stream().mapToDouble(s -> s.seconds()).sum());
    }

    private void open(Task task) {
        Site site = (Site) task.eContainer();
        Find.service(site, task.getOperation().sid()).ifPresent(s -> Parts.open(getSite().getPage(), s));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    /** Unfinished ones first. */
    private static final class Newest implements IStructuredContentProvider {
        @Override
        public Object[] getElements(Object input) {
            List<Task> all = new ArrayList<>();
            ((Sites) input).getSites().forEach(s -> all.addAll(s.getTasks()));
            all.sort((a, b) -> {
                boolean aEnded = a.getOperation().state().isFinal();
                boolean bEnded = b.getOperation().state().isFinal();
                return aEnded != bEnded ? Boolean.compare(aEnded, bEnded) : b.getOperation().created().compareTo(a.getOperation().created());
            });
            return all.toArray();
        }

        @Override
        public void inputChanged(Viewer viewer, Object before, Object now) {
            // reads from the model at each call
        }

        @Override
        public void dispose() {
            // holds nothing
        }
    }
}
