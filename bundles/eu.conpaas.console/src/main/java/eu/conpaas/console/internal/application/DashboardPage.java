package eu.conpaas.console.internal.application;

import java.util.Locale;
import java.util.Optional;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.Form;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.command.Commands;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Parts;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;

/** The services of an application, with what each does, costs and lacks. */
final class DashboardPage extends FormPage {
    private static final int HEIGHT = 240;
    private static final int WIDTH = 400;
    private final ApplicationEditor editor;
    private Table services;

    DashboardPage(ApplicationEditor editor) {
        super(editor, "dashboard", Texts.of("page.dashboard"));
        this.editor = editor;
    }

    @Override
    protected void createFormContent(IManagedForm managed) {
        FormToolkit toolkit = managed.getToolkit();
        Form form = managed.getForm().getForm();
        toolkit.decorateFormHeading(form);
        form.setImage(Icons.image("application"));
        GridLayout layout = new GridLayout();
        layout.marginWidth = 12;
        form.getBody().setLayout(layout);
        Composite buttons = toolkit.createComposite(form.getBody());
        buttons.setLayout(new RowLayout());
        Button make = toolkit.createButton(buttons, Texts.of("dashboard.newService"), SWT.PUSH);
        make.setImage(Icons.image("service-new"));
        make.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> editor.application().ifPresent(a -> Commands.newService(form.getShell(), a))));
        Composite area = Sections.in(form.getBody(), toolkit, Texts.of("dashboard.services"), Texts.of("dashboard.help"), 1, true);
        services = toolkit.createTable(area, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
        services.setHeaderVisible(true);
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = HEIGHT;
        data.widthHint = WIDTH;
        services.setLayoutData(data);
        column("dashboard.name", 220);
        column("dashboard.type", 140);
        column("dashboard.state", 120);
        column("dashboard.nodes", 70);
        column("dashboard.cost", 90);
        column("dashboard.address", 140);
        column("dashboard.now", 320);
        services.addListener(SWT.DefaultSelection, e -> Parts.open(getSite().getPage(), (Service) e.item.getData()));
        modelChanged();
    }

    private void column(String key, int width) {
        TableColumn column = new TableColumn(services, SWT.NONE);
        column.setText(Texts.of(key));
        column.setWidth(width);
    }

    void modelChanged() {
        if (services == null || services.isDisposed()) {
            return;
        }
        Form form = getManagedForm().getForm().getForm();
        Optional<Application> application = editor.application();
        if (application.isEmpty()) {
            form.setText(getEditorInput().getName());
            form.setMessage(Texts.of("application.absent"), IMessageProvider.INFORMATION);
            return;
        }
        form.setMessage(null, IMessageProvider.NONE);
        form.setText(application.get().getName());
        int selected = services.getSelectionIndex();
        services.setRedraw(false);
        services.removeAll();
        application.get().getServices().forEach(this::row);
        services.select(selected);
        services.setRedraw(true);
    }

    private void row(Service service) {
        TableItem item = new TableItem(services, SWT.NONE);
        item.setData(service);
        item.setImage(Icons.of(service.getState()));
        long agents = service.getNodes().stream().filter(n -> n.getView().kind() == NodeKind.AGENT).count();
        item.setText(new String[] {service.getName(), Find.type(service).map(t -> t.title()).orElse(service.getView().type()), Texts.of("state", service.getState()),
                String.format(Locale.ROOT, "%d + 1", agents), Integer.toString(service.getCreditsPerHour()),
                service.getView().address() == null ? "" : service.getView().address(), now(service)});
    }

    private static String now(Service service) {
        Optional<Operation> under = Find.operation(service);
        if (under.isPresent()) {
            return Texts.of("dashboard.progress", Words.stage(under.get()), Long.toString(Math.round(100 * Words.done(under.get()))));
        }
        return service.getState() == ServiceState.RUNNING && service.getHealth() != null ? service.getHealth() : "";
    }

    @Override
    public void setFocus() {
        if (services != null) {
            services.setFocus();
        }
    }
}
