package eu.conpaas.console.internal.service;

import java.util.function.BiConsumer;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.Form;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.ChangeDialog;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.ServiceChange;

/** One page of a service's editor. */
abstract class ServicePage extends FormPage {
    private static final int MARGIN = 12;
    private final ServiceEditor editor;
    private boolean built;
    private boolean dirty;

    /** @param id its texts begin with it */
    ServicePage(ServiceEditor editor, String id) {
        super(editor, id, Texts.of("page." + id));
        this.editor = editor;
    }

    /** Fills the page; the body has a grid of one column. */
    abstract void build(Composite body, FormToolkit toolkit);

    /** Shows the service as it is now; not called while there is none. */
    abstract void show(Service service, ServiceDescriptor type);

    /** Sends what was typed; pages with nothing to type have nothing to send. */
    void apply() {
        setDirty(false);
    }

    @Override
    protected void createFormContent(IManagedForm managed) {
        Form form = managed.getForm().getForm();
        managed.getToolkit().decorateFormHeading(form);
        GridLayout layout = new GridLayout();
        layout.marginWidth = MARGIN;
        layout.verticalSpacing = MARGIN;
        form.getBody().setLayout(layout);
        build(form.getBody(), managed.getToolkit());
        built = true;
        modelChanged();
    }

    final void modelChanged() {
        if (!built || form().isDisposed()) {
            return;
        }
        var service = editor.service();
        if (service.isEmpty() || editor.type().isEmpty()) {
            form().setText(getEditorInput().getName());
            form().setMessage(Texts.of("service.absent"), IMessageProvider.INFORMATION);
            return;
        }
        Service now = service.get();
        if (Texts.of("service.absent").equals(form().getMessage())) {
            form().setMessage(null, IMessageProvider.NONE);
        }
        form().setText(Texts.of("service.head", now.getName(), Texts.of("state", now.getState())));
        form().setImage(Icons.of(now.getState()));
        show(now, editor.type().get());
    }

    final Form form() {
        return getManagedForm().getForm().getForm();
    }

    final ServiceEditor editor() {
        return editor;
    }

    /** Runs with service and director if both are there; what is asked for while they are not, is told to be impossible. */
    final void with(BiConsumer<Service, Director> action) {
        var service = editor.service();
        var director = editor.director();
        if (service.isPresent() && director.isPresent()) {
            action.accept(service.get(), director.get());
        } else {
            form().setMessage(Texts.of("service.absent"), IMessageProvider.WARNING);
        }
    }

    /** Shows a change with its plan, to be made or not. */
    final void offer(ServiceChange change, Runnable made) {
        with((service, director) -> ChangeDialog.open(form().getShell(), director, change, service.getName(), made));
    }

    final void problem(eu.conpaas.api.ApiError error) {
        Problems.show(form(), error);
    }

    final void setDirty(boolean now) {
        if (dirty != now) {
            dirty = now;
            getManagedForm().dirtyStateChanged();
            editor.editorDirtyStateChanged();
        }
    }

    @Override
    public boolean isDirty() {
        return dirty;
    }
}
