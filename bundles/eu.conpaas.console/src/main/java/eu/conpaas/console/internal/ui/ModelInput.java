package eu.conpaas.console.internal.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableElement;

/** Names something of a director: it is found again after a restart, when the director answers. */
public abstract class ModelInput implements IEditorInput, IPersistableElement {
    private final String site;
    private final long id;
    private final String name;
    private final String factory;

    /** @param factory id of the element factory that makes it again */
    protected ModelInput(String site, long id, String name, String factory) {
        this.site = site;
        this.id = id;
        this.name = name;
        this.factory = factory;
    }

    /** Id of the connection. */
    public String site() {
        return site;
    }

    public long id() {
        return id;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return null;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getToolTipText() {
        return name;
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getFactoryId() {
        return factory;
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString("site", site);
        memento.putString("id", Long.toString(id));
        memento.putString("name", name);
    }

    @Override
    public <T> T getAdapter(Class<T> type) {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((ModelInput) other).id == id && ((ModelInput) other).site.equals(site);
    }

    @Override
    public int hashCode() {
        return site.hashCode() * 31 + Long.hashCode(id);
    }
}
