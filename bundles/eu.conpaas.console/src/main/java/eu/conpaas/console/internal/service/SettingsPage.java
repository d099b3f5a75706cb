package eu.conpaas.console.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.fieldassist.ControlDecoration;
import org.eclipse.jface.fieldassist.FieldDecorationRegistry;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.SettingSpec;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.TypeCalls;

/** The settings of the type, each with its limits, its default and what it means. */
final class SettingsPage extends ServicePage {
    private static final int FIELD = 240;
    private static final int HELP = 260;
    private static final int INDENT = 8;
    private static final String ON = "On";
    private static final String OFF = "Off";
    private final Map<SettingSpec, Field> fields = new LinkedHashMap<>();
    private Button save;
    private Button undo;
    private Map<String, String> stored = Map.of();
    private boolean filling;

    SettingsPage(ServiceEditor editor) {
        super(editor, "settings");
    }

    /** A setting's control. */
    private record Field(SettingSpec spec, Control control, ControlDecoration wrong) {
        String value() {
            return switch (control) {
                case Button check -> check.getSelection() ? ON : OFF;
                case Combo combo -> combo.getText();
                case Text text -> text.getText();
                default -> throw new IllegalStateException();
            };
        }

        void set(String value) {
            switch (control) {
                case Button check -> check.setSelection(ON.equalsIgnoreCase(value));
                case Combo combo -> combo.setText(value);
                case Text text -> text.setText(value);
                default -> throw new IllegalStateException();
            }
        }

        boolean valid() {
            boolean fits = spec.pattern() == null || value().matches(spec.pattern());
            if (fits) {
                wrong.hide();
            } else {
                wrong.show();
            }
            return fits;
        }
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite buttons = toolkit.createComposite(body);
        buttons.setLayout(new RowLayout());
        save = toolkit.createButton(buttons, Texts.of("settings.save"), SWT.PUSH);
        save.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> apply()));
        undo = toolkit.createButton(buttons, Texts.of("settings.undo"), SWT.PUSH);
        undo.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> fill()));
        Composite all = Sections.in(body, toolkit, Texts.of("settings.title"), Texts.of("settings.help"), 3, true);
        editor().type().orElseThrow().settings().forEach(s -> field(all, toolkit, s));
    }

    private void field(Composite all, FormToolkit toolkit, SettingSpec spec) {
        Label title = toolkit.createLabel(all, spec.title() + (spec.unit() == null ? "" : " (" + spec.unit() + ")"));
        title.setToolTipText(spec.id());
        Control control;
        if (spec.type().equals("boolean")) {
            Button check = toolkit.createButton(all, "", SWT.CHECK);
            check.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> typed()));
            check.setToolTipText(spec.title());
            control = check;
        } else if (!spec.choices().isEmpty()) {
            Combo combo = new Combo(all, SWT.DROP_DOWN);
            combo.setItems(spec.choices().toArray(String[]::new));
            combo.addModifyListener(e -> typed());
            control = combo;
        } else {
            Text text = toolkit.createText(all, "", SWT.SINGLE | SWT.BORDER);
            text.addModifyListener(e -> typed());
            control = text;
        }
        GridData data = new GridData(SWT.FILL, SWT.CENTER, false, false);
        data.widthHint = FIELD;
        data.horizontalIndent = INDENT;
        control.setLayoutData(data);
        ControlDecoration wrong = new ControlDecoration(control, SWT.TOP | SWT.LEFT);
        wrong.setImage(FieldDecorationRegistry.getDefault().getFieldDecoration(FieldDecorationRegistry.DEC_ERROR).getImage());
        wrong.setDescriptionText(Texts.of("settings.wrong", spec.title(), spec.help() == null ? "" : spec.help()));
        wrong.hide();
        String initial = spec.defaultValue() == null || spec.defaultValue().isEmpty() ? Texts.of("settings.empty") : shortened(spec.defaultValue());
        Label help = toolkit.createLabel(all, Texts.of("settings.default", spec.help() == null ? "" : spec.help(), initial), SWT.WRAP);
        GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
        wide.widthHint = HELP;
        help.setLayoutData(wide);
        fields.put(spec, new Field(spec, control, wrong));
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "\u2026";
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        if (service.getDesired() == null) {
            return;
        }
        Map<String, String> now = service.getDesired().settings();
        if (!isDirty()) {
            stored = now;
            fill();
        } else if (!now.equals(stored)) {
            form().setMessage(Texts.of("settings.conflict"), IMessageProvider.WARNING);
        }
    }

    private void fill() {
        filling = true;
        editor().service().filter(s -> s.getDesired() != null).ifPresent(s -> stored = s.getDesired().settings());
        fields.forEach((spec, field) -> {
            String value = stored.getOrDefault(spec.id(), spec.defaultValue() == null ? "" : spec.defaultValue());
            if (!field.value().equals(value)) {
                field.set(value);
            }
        });
        filling = false;
        form().setMessage(null, IMessageProvider.NONE);
        typed();
    }

    /** What differs from what is stored. */
    private Map<String, String> changed() {
        Map<String, String> changed = new TreeMap<>();
        fields.forEach((spec, field) -> {
            String before = stored.getOrDefault(spec.id(), spec.defaultValue() == null ? "" : spec.defaultValue());
            if (!field.value().equals(before)) {
                changed.put(spec.id(), field.value());
            }
        });
        return changed;
    }

    private void typed() {
        if (filling) {
            return;
        }
        boolean valid = fields.values().stream().filter(f -> !f.valid()).count() == 0;
        boolean differs = !changed().isEmpty();
        setDirty(differs);
        save.setEnabled(differs && valid);
        undo.setEnabled(differs);
    }

    @Override
    void apply() {
        Map<String, String> values = changed();
        if (values.isEmpty() || !save.isEnabled()) {
            return;
        }
        with((service, director) -> editor().type().flatMap(t -> new TypeCalls(t).settings(service.getSid(), values)).ifPresent(change -> offer(change, () -> {
            stored = new TreeMap<>(stored);
            stored.putAll(values);
            setDirty(false);
            typed();
        })));
    }
}
