package eu.conpaas.console.internal.navigator;

import java.util.Locale;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;

/** Leaves what holds the words typed, with what is above and below it. */
final class TreeFilter extends ViewerFilter {
    private final TreeLabels labels = new TreeLabels();
    private final TreeContent content = new TreeContent();
    private String words = "";

    void set(String typed) {
        words = typed.strip().toLowerCase(Locale.ROOT);
    }

    boolean isActive() {
        return !words.isEmpty();
    }

    @Override
    public boolean select(Viewer viewer, Object parent, Object element) {
        return !isActive() || above(element) || below(element);
    }

    private boolean above(Object element) {
        for (EObject at = ((EObject) element).eContainer(); at != null; at = at.eContainer()) {
            if (matches(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean below(Object element) {
        if (matches(element)) {
            return true;
        }
        for (Object child : content.getChildren(element)) {
            if (below(child)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Object element) {
        return labels.getText(element).toLowerCase(Locale.ROOT).contains(words);
    }
}
