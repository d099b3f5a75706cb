package eu.conpaas.console.internal.navigator;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.AbstractTreeViewer;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.part.ViewPart;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.service.CodeUpload;
import eu.conpaas.console.internal.ui.FileDrop;
import eu.conpaas.console.internal.ui.Parts;
import eu.conpaas.console.internal.ui.Watch;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;

/** All there is, as a tree with live states. Files dropped on a service become a version of its code. */
public final class NavigatorView extends ViewPart {
    public static final String ID = "eu.conpaas.console.navigator";
    private TreeViewer viewer;
    private final Set<Object> unfolded = Collections.newSetFromMap(new WeakHashMap<>());
    private final TreeFilter filter = new TreeFilter();

    @Override
    public void createPartControl(Composite parent) {
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(parent);
        Text search = new Text(parent, SWT.SEARCH | SWT.ICON_CANCEL);
        search.setMessage(Texts.of("navigator.filter"));
        search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        viewer = new TreeViewer(parent, SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        viewer.getControl().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        viewer.setUseHashlookup(true);
        viewer.setContentProvider(new TreeContent());
        viewer.setLabelProvider(new TreeLabels());
        viewer.addFilter(filter);
        ColumnViewerToolTipSupport.enableFor(viewer);
        Sites sites = ConsoleSession.get().sites();
        viewer.setInput(sites);
        refresh();
        search.addModifyListener(e -> {
            filter.set(search.getText());
            refresh();
            if (filter.isActive()) {
                viewer.expandToLevel(AbstractTreeViewer.ALL_LEVELS);
            }
        });
        viewer.addDoubleClickListener(e -> opened((IStructuredSelection) e.getSelection()));
        FileDrop.on(viewer.getTree(), this::serviceOf, (item, file) -> CodeUpload.start(viewer.getTree(), (Service) item.getData(), file));
        Watch.on(sites, viewer.getTree(), this::refresh);
        menu();
        getSite().setSelectionProvider(viewer);
    }

    private boolean serviceOf(TreeItem item) {
        return item != null && item.getData() instanceof Service service && CodeUpload.takes(service);
    }

    private void opened(IStructuredSelection selection) {
        Object first = selection.getFirstElement();
        if (first instanceof org.eclipse.emf.ecore.EObject object) {
            Parts.open(getSite().getPage(), object);
        }
    }

    private void menu() {
        MenuManager menu = new MenuManager();
        viewer.getControl().setMenu(menu.createContextMenu(viewer.getControl()));
        getSite().registerContextMenu(ID, menu, viewer);
    }

    /** What is new is shown unfolded as far as services; what was folded stays so. */
    private void refresh() {
        viewer.refresh(true);
        for (Site site : ConsoleSession.get().sites().getSites()) {
            unfold(site, !site.getApplications().isEmpty());
            site.getApplications().forEach(a -> unfold(a, !a.getServices().isEmpty()));
        }
    }

    private void unfold(Object element, boolean hasChildren) {
        if (hasChildren && unfolded.add(element)) {
            viewer.setExpandedState(element, true);
        }
    }

    /** Selects and shows. */
    public void reveal(Object element) {
        viewer.setSelection(new StructuredSelection(element), true);
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }
}
