package eu.conpaas.console.internal.application;

import java.util.Optional;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.forms.editor.FormEditor;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.ui.Watch;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;

/** An application: its services at a glance, and its manifest. */
public final class ApplicationEditor extends FormEditor {
    public static final String ID = "eu.conpaas.console.application";
    private DashboardPage dashboard;

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        super.init(site, input);
        setPartName(input.getName());
    }

    /** The application; empty while its director has not answered yet, and once it has been deleted. */
    Optional<Application> application() {
        ApplicationInput input = (ApplicationInput) getEditorInput();
        return ConsoleSession.get().site(input.site()).flatMap(s -> Find.application(s, input.id()));
    }

    @Override
    protected void addPages() {
        try {
            dashboard = new DashboardPage(this);
            addPage(dashboard);
            addPage(new ManifestPage(this));
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
        Watch.on(ConsoleSession.get().sites(), getContainer(), this::changed);
        changed();
    }

    private void changed() {
        application().ifPresent(a -> setPartName(a.getName()));
        dashboard.modelChanged();
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void doSaveAs() {
        throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }
}
