package eu.conpaas.console.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.Published;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.TypeCalls;

/** The application's environment variables, one {@code NAME=value} a line, and what they can refer to in the other services. */
final class EnvironmentPage extends ServicePage {
    private static final int HEIGHT = 220;
    private Text text;
    private Table references;
    private Button save;
    private Button undo;
    private Map<String, String> stored = Map.of();
    private boolean filling;
    private boolean asked;

    EnvironmentPage(ServiceEditor editor) {
        super(editor, "environment");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite buttons = toolkit.createComposite(body);
        buttons.setLayout(new RowLayout());
        save = toolkit.createButton(buttons, Texts.of("settings.save"), SWT.PUSH);
        save.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> apply()));
        undo = toolkit.createButton(buttons, Texts.of("settings.undo"), SWT.PUSH);
        undo.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> fill()));
        Composite upper = Sections.in(body, toolkit, Texts.of("environment.title"), Texts.of("environment.help"), 1, true);
        text = toolkit.createText(upper, "", SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = HEIGHT;
        text.setLayoutData(data);
        text.addModifyListener(e -> typed());
        Composite lower = Sections.in(body, toolkit, Texts.of("environment.references"), Texts.of("environment.references.help"), 1, true);
        references = toolkit.createTable(lower, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL);
        references.setHeaderVisible(true);
        references.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        for (String column : new String[] {"environment.column.reference", "environment.column.value"}) {
            TableColumn c = new TableColumn(references, SWT.NONE);
            c.setText(Texts.of(column));
            c.setWidth(300);
        }
        references.addListener(SWT.DefaultSelection, e -> text.insert(((TableItem) e.item).getText(0)));
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        if (service.getDesired() == null) {
            return;
        }
        if (!isDirty()) {
            fill();
        } else if (!service.getDesired().environment().equals(stored)) {
            form().setMessage(Texts.of("settings.conflict"), IMessageProvider.WARNING);
        }
        if (!asked) {
            asked = true;
            with((s, director) -> {
                long sid = service.getSid();
                Work.quietly(references, Texts.of("environment.references"), m -> director.services().references(sid), this::references, this::problem);
            });
        }
    }

    private void references(java.util.List<Published> published) {
        references.removeAll();
        for (Published service : published) {
            for (String property : service.properties()) {
                new TableItem(references, SWT.NONE).setText(new String[] {"${" + service.name() + "." + property + "}",
                        service.values().getOrDefault(property, Texts.of("environment.unknown"))});
            }
        }
    }

    private void fill() {
        filling = true;
        editor().service().filter(s -> s.getDesired() != null).ifPresent(s -> stored = s.getDesired().environment());
        StringBuilder lines = new StringBuilder();
        stored.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
        if (!text.getText().contentEquals(lines)) {
            text.setText(lines.toString());
        }
        filling = false;
        typed();
    }

    /** The variables typed, or null if a line is none. */
    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : text.getText().split("\r?\n")) {
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (equals < 1 || !line.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                form().setMessage(Texts.of("environment.wrong", line), IMessageProvider.ERROR);
                return null;
            }
            variables.put(line.substring(0, equals).strip(), line.substring(equals + 1));
        }
        form().setMessage(null, IMessageProvider.NONE);
        return variables;
    }

    private void typed() {
        if (filling) {
            return;
        }
        Map<String, String> now = variables();
        boolean differs = now == null || !now.equals(stored);
        setDirty(differs);
        save.setEnabled(differs && now != null);
        undo.setEnabled(differs);
    }

    @Override
    void apply() {
        Map<String, String> variables = variables();
        if (variables == null || variables.equals(stored)) {
            return;
        }
        with((service, director) -> editor().type().flatMap(t -> new TypeCalls(t).environment(service.getSid(), variables)).ifPresent(change -> offer(change, () -> {
            stored = variables;
            typed();
        })));
    }
}
