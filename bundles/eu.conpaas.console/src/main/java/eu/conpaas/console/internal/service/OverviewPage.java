package eu.conpaas.console.internal.service;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;

import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.StateChange;
import eu.conpaas.client.Endpoints;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.PlanPanel;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.ServiceChange;
import eu.conpaas.console.model.change.TypeCalls;

/** How the service is, where it is reached, and the buttons that start, stop and end it. */
final class OverviewPage extends ServicePage {
    private static final int ROWS = 120;
    private static final int WIDTH = 400;
    private Button start;
    private Button stop;
    private Button terminate;
    private Label facts;
    private Link addresses;
    private Table nodes;
    private Table history;
    private Section progress;
    private PlanPanel operation;
    private ServiceState asked;
    private String shownAddresses = "";

    OverviewPage(ServiceEditor editor) {
        super(editor, "overview");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite buttons = toolkit.createComposite(body);
        buttons.setLayout(new RowLayout());
        start = button(toolkit, buttons, "service.start", "start");
        stop = button(toolkit, buttons, "service.stop", "stop");
        terminate = button(toolkit, buttons, "service.terminate", "delete");
        start.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> calls((calls, s) -> calls.start(s.getSid(), "default"))));
        stop.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> calls((calls, s) -> calls.stop(s.getSid()))));
        terminate.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> calls((calls, s) -> ServiceChange.terminate(s.getSid()))));

        Composite state = Sections.in(body, toolkit, Texts.of("overview.state"), 1);
        facts = toolkit.createLabel(state, "", SWT.WRAP);
        facts.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        addresses = new Link(state, SWT.NONE);
        toolkit.adapt(addresses, true, true);
        addresses.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        addresses.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> Program.launch(e.text)));

        Composite under = Sections.in(body, toolkit, Texts.of("overview.operation"), 1);
        progress = (Section) under.getParent();
        operation = new PlanPanel(under);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(operation);

        nodes = table(Sections.in(body, toolkit, Texts.of("overview.nodes"), 1), toolkit, "node.column.state", 150, "node.column.id", 130, "node.column.roles", 170,
                "node.column.address", 130, "node.column.cloud", 90, "node.column.created", 150);
        history = table(Sections.in(body, toolkit, Texts.of("overview.history"), 1), toolkit, "history.column.time", 150, "history.column.state", 120,
                "history.column.reason", 420);
        body.setLayout(new GridLayout());
    }

    private static Button button(FormToolkit toolkit, Composite parent, String text, String icon) {
        Button button = toolkit.createButton(parent, Texts.of(text), SWT.PUSH);
        button.setImage(Icons.image(icon));
        return button;
    }

    private static Table table(Composite parent, FormToolkit toolkit, Object... columns) {
        Table table = toolkit.createTable(parent, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL);
        table.setHeaderVisible(true);
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = ROWS;
        data.widthHint = WIDTH;
        table.setLayoutData(data);
        for (int i = 0; i < columns.length; i += 2) {
            TableColumn column = new TableColumn(table, SWT.NONE);
            column.setText(Texts.of((String) columns[i]));
            column.setWidth((Integer) columns[i + 1]);
        }
        return table;
    }

    private interface Maker {
        ServiceChange change(TypeCalls calls, Service service);
    }

    private void calls(Maker maker) {
        with((service, director) -> editor().type().ifPresent(type -> offer(maker.change(new TypeCalls(type), service), () -> { })));
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        ServiceState state = service.getState();
        start.setEnabled(state == ServiceState.INIT || state == ServiceState.STOPPED || state == ServiceState.ERROR);
        stop.setEnabled(state == ServiceState.RUNNING || state == ServiceState.ERROR);
        terminate.setEnabled(!state.isTransient());
        facts.setText(Texts.of("overview.facts", type.title(), type.engine() == null ? "" : type.engine(), Long.toString(service.getSid()), cloud(service),
                Words.ago(service.getView().created()), Integer.toString(service.getCreditsPerHour()), service.getHealth() == null ? "" : service.getHealth()));
        nodes(service);
        var under = Find.operation(service);
        visible(under.isPresent());
        under.ifPresent(operation::show);
        if (state != asked) {
            asked = state;
            ask(service, type);
        }
        form().getBody().layout(true, true);
    }

    /** The default cloud has its name in the configuration and another one for people. */
    private static String cloud(Service service) {
        return Find.siteOf(service).filter(s -> !s.getClouds().contains(service.getView().cloud())).map(s -> s.getClouds().getFirst())
                .orElse(service.getView().cloud());
    }

    private void visible(boolean visible) {
        progress.setVisible(visible);
        ((GridData) progress.getLayoutData()).exclude = !visible;
    }

    private void nodes(Service service) {
        nodes.setRedraw(false);
        nodes.removeAll();
        service.getNodes().forEach(node -> {
            NodeView view = node.getView();
            String roles = service.getDesired() == null ? "" : service.getDesired().placement().stream().filter(p -> p.node().equals(view.id()))
                    .map(Placement::roles).map(r -> String.join(", ", r)).findFirst().orElse("");
            TableItem item = new TableItem(nodes, SWT.NONE);
            item.setImage(Icons.of(view.state()));
            item.setText(new String[] {Texts.of("node", view.state()), view.id(), roles.isEmpty() ? Texts.of("nodekind", view.kind()) : roles,
                    view.address() == null ? "" : view.address(), view.cloud(), Words.time(view.created())});
        });
        nodes.setRedraw(true);
    }

    /** What only a question tells: where it is reached, and what it has been through. */
    private void ask(Service service, ServiceDescriptor type) {
        with((s, director) -> {
            long sid = service.getSid();
            Work.quietly(history, Texts.of("overview.history"), m -> director.services().history(sid), this::history, this::problem);
            Work.quietly(addresses, Texts.of("overview.state"), m -> {
                var detail = director.services().get(sid);
                JsonNode info = type.method("info").isPresent() && Endpoints.serves(detail.service()) ? director.services().call(sid, "info", Map.of())
                        : MissingNode.getInstance();
                var placed = Endpoints.serves(detail.service()) ? Endpoints.nodes(detail.desired(), detail.nodes()) : List.<Endpoints.Placed>of();
                return Endpoints.of(type, detail.service(), Endpoints.byRole(type, placed), info);
            }, this::addresses, e -> addresses(Map.of()));
        });
    }

    private void history(List<StateChange> changes) {
        history.setRedraw(false);
        history.removeAll();
        for (StateChange change : changes.reversed()) {
            new TableItem(history, SWT.NONE).setText(new String[] {Words.time(change.time()), Texts.of("state", change.state()), change.reason() == null ? "" : change.reason()});
        }
        history.setRedraw(true);
    }

    private void addresses(Map<String, List<String>> found) {
        StringBuilder text = new StringBuilder();
        found.forEach((title, urls) -> urls.forEach(url -> text.append(text.isEmpty() ? "" : "\n").append(title.replace("&", "&&")).append(": ")
                .append(url.startsWith("http") ? "<a href=\"" + url + "\">" + url + "</a>" : url)));
        if (!shownAddresses.contentEquals(text)) {
            shownAddresses = text.toString();
            addresses.setText(shownAddresses);
            form().getBody().layout(true, true);
            getManagedForm().reflow(true);
        }
    }

    @Override
    public void setFocus() {
        if (start != null && !start.isDisposed()) {
            start.setFocus();
        }
    }
}
