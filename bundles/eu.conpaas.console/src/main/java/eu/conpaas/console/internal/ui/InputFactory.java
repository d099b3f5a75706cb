package eu.conpaas.console.internal.ui;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;

/** Makes the inputs of editors that were open when the console was closed. */
public abstract class InputFactory implements IElementFactory {
    @Override
    public IAdaptable createElement(IMemento memento) {
        String site = memento.getString("site");
        String id = memento.getString("id");
        return site == null || id == null ? null : make(site, Long.parseLong(id), memento.getString("name"));
    }

    protected abstract ModelInput make(String site, long id, String name);
}
