package eu.conpaas.console.internal.navigator;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.Viewer;

import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Node;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;

/** Directors, their applications, their services, their nodes. */
final class TreeContent implements ITreeContentProvider {
    @Override
    public Object[] getElements(Object root) {
        return getChildren(root);
    }

    @Override
    public Object[] getChildren(Object parent) {
        return switch (parent) {
            case Sites sites -> sites.getSites().toArray();
            case Site site -> site.getApplications().toArray();
            case Application application -> application.getServices().toArray();
            case Service service -> service.getNodes().toArray();
            default -> new Object[0];
        };
    }

    @Override
    public Object getParent(Object element) {
        return ((EObject) element).eContainer();
    }

    @Override
    public boolean hasChildren(Object element) {
        return !(element instanceof Node) && getChildren(element).length > 0;
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
