package eu.conpaas.console.internal.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.forms.editor.FormEditor;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Watch;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Link;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.Actions;
import eu.conpaas.console.model.change.TypeCalls;

/** All of one service; which pages there are, and what is on them, its type's descriptor says. */
public final class ServiceEditor extends FormEditor {
    public static final String ID = "eu.conpaas.console.service";
    private final List<ServicePage> pages = new ArrayList<>();
    private boolean watched;
    private boolean complete;

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        super.init(site, input);
        setPartName(input.getName());
    }

    private ServiceInput input() {
        return (ServiceInput) getEditorInput();
    }

    /** The service; empty while its director has not answered yet, and once it has ended. */
    Optional<Service> service() {
        return ConsoleSession.get().service(input().site(), input().id());
    }

    Optional<Director> director() {
        return service().flatMap(ConsoleSession.get()::director);
    }

    Optional<ServiceDescriptor> type() {
        return service().flatMap(Find::type);
    }

    @Override
    protected void addPages() {
        add(new OverviewPage(this));
        complete();
        Watch.on(ConsoleSession.get().sites(), getContainer(), this::changed);
        changed();
    }

    /** The other pages, as soon as the type is known. */
    private void complete() {
        Optional<ServiceDescriptor> type = type();
        if (complete || type.isEmpty()) {
            return;
        }
        complete = true;
        add(new ScalingPage(this));
        if (type.get().hasCode()) {
            add(new CodePage(this));
        }
        if (!type.get().settings().isEmpty()) {
            add(new SettingsPage(this));
        }
        if (new TypeCalls(type.get()).hasEnvironment()) {
            add(new EnvironmentPage(this));
        }
        if (!Actions.of(type.get()).isEmpty()) {
            add(new ActionsPage(this));
        }
        add(new LogsPage(this));
        add(new MetricsPage(this));
        add(new ScriptPage(this));
    }

    private void add(ServicePage page) {
        try {
            addPage(page);
            pages.add(page);
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }

    private void changed() {
        Optional<Service> service = service();
        if (service.isPresent() && !watched) {
            watched = true;
            ConsoleSession.get().keepers().keeper(service.get()).ifPresent(k -> k.watch(input().id()));
        }
        service.ifPresent(s -> {
            setPartName(s.getName());
            setTitleImage(Icons.of(s.getState()));
        });
        complete();
        pages.forEach(ServicePage::modelChanged);
        if (watched && service.isEmpty() && !isDirty() && ended()) {
            getSite().getPage().closeEditor(this, false);
        }
    }

    /** Whether its director says that it is there no more; a director that does not answer says nothing. */
    private boolean ended() {
        return ConsoleSession.get().site(input().site()).filter(s -> s.getLink() == Link.OPEN && s.isLoaded()).isPresent();
    }

    /** Shows a page by its id, if there is one. */
    public void show(String page) {
        setActivePage(page);
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        pages.stream().filter(ServicePage::isDirty).forEach(ServicePage::apply);
    }

    @Override
    public void doSaveAs() {
        throw new UnsupportedOperationException("a service is nowhere else");
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }

    @Override
    public void dispose() {
        if (watched) {
            service().flatMap(s -> ConsoleSession.get().keepers().keeper(s)).ifPresent(k -> k.unwatch(input().id()));
        }
        super.dispose();
    }
}
