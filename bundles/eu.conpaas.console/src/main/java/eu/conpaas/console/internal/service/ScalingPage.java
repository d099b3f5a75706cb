package eu.conpaas.console.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.RoleSpec;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.PlanPanel;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.ServiceChange;
import eu.conpaas.console.model.change.TypeCalls;

/** How many nodes each role has: choose, see at once what it costs, apply, watch it happen. */
final class ScalingPage extends ServicePage {
    private static final int MOMENT = 250;
    private final Map<RoleSpec, Spinner> spinners = new LinkedHashMap<>();
    private final Map<RoleSpec, Label> present = new LinkedHashMap<>();
    private Composite roles;
    private Combo cloud;
    private Button apply;
    private Button reset;
    private PlanPanel panel;
    private Job asking;
    private ServiceChange planned;
    /** What was there when the person began to choose. */
    private Map<String, Integer> counts = Map.of();
    private boolean touched;
    private int changes;

    ScalingPage(ServiceEditor editor) {
        super(editor, "scaling");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        roles = Sections.in(body, toolkit, Texts.of("scaling.roles"), Texts.of("scaling.help"), 4, false);
        ServiceDescriptor type = editor().type().orElseThrow();
        new TypeCalls(type).scalable().forEach(role -> row(toolkit, role));
        if (spinners.isEmpty()) {
            toolkit.createLabel(roles, Texts.of("scaling.none"));
        }
        Composite below = toolkit.createComposite(body);
        below.setLayout(new RowLayout());
        ((RowLayout) below.getLayout()).center = true;
        toolkit.createLabel(below, Texts.of("scaling.cloud"));
        cloud = new Combo(below, SWT.READ_ONLY);
        cloud.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> chosen()));
        apply = toolkit.createButton(below, Texts.of("scaling.apply"), SWT.PUSH);
        apply.setEnabled(false);
        apply.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> apply()));
        reset = toolkit.createButton(below, Texts.of("scaling.reset"), SWT.PUSH);
        reset.setEnabled(false);
        reset.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> reset()));
        Composite plan = Sections.in(body, toolkit, Texts.of("scaling.plan"), null, 1, true);
        panel = new PlanPanel(plan);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(panel);
        panel.clear(Texts.of("scaling.choose"));
    }

    private void row(FormToolkit toolkit, RoleSpec role) {
        Label title = toolkit.createLabel(roles, role.title());
        title.setToolTipText(role.help());
        Label now = toolkit.createLabel(roles, "");
        GridData wide = new GridData(SWT.FILL, SWT.CENTER, false, false);
        wide.widthHint = 70;
        now.setLayoutData(wide);
        present.put(role, now);
        Spinner spinner = new Spinner(roles, SWT.BORDER);
        spinner.setMinimum(role.min());
        spinner.setMaximum(role.max());
        spinner.setToolTipText(role.title());
        spinner.addModifyListener(e -> chosen());
        Label help = toolkit.createLabel(roles, role.help() == null ? "" : role.help(), SWT.WRAP);
        help.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        spinners.put(role, spinner);
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        clouds(service);
        if (service.getDesired() == null) {
            return;
        }
        Map<String, Integer> now = service.getDesired().counts();
        if (!touched || !now.equals(counts)) {
            counts = now;
            touched = false;
            spinners.forEach((role, spinner) -> quietly(() -> spinner.setSelection(now.getOrDefault(role.id(), role.initial()))));
        }
        present.forEach((role, label) -> label.setText(Texts.of("scaling.now", now.getOrDefault(role.id(), 0))));
        var under = Find.operation(service);
        if (under.isPresent() && !touched) {
            panel.show(under.get());
        } else if (!touched && !service.getState().isTransient()) {
            lastOne(service);
        }
        buttons();
    }

    /** After an operation its outcome stays in sight until something else is chosen. */
    private void lastOne(Service service) {
        Find.siteOf(service).flatMap(site -> site.getTasks().stream().map(t -> t.getOperation()).filter(o -> o.sid() == service.getSid()).findFirst())
                .filter(o -> o.kind().equals("scale")).ifPresentOrElse(panel::show, () -> panel.clear(Texts.of("scaling.choose")));
    }

    private void clouds(Service service) {
        List<String> all = Find.siteOf(service).map(s -> List.copyOf(s.getClouds())).orElse(List.of());
        if (!List.of(cloud.getItems()).equals(all)) {
            cloud.setItems(all.toArray(String[]::new));
            cloud.select(Math.max(0, all.indexOf(service.getView().cloud())));
            cloud.getParent().layout(true);
        }
    }

    private void quietly(Runnable change) {
        changes++;
        change.run();
        changes--;
    }

    private Map<String, Integer> wanted() {
        Map<String, Integer> wanted = new LinkedHashMap<>(counts);
        spinners.forEach((role, spinner) -> wanted.put(role.id(), spinner.getSelection()));
        return wanted;
    }

    /** A number was changed: what would that do? Asked a moment later, so that five quick clicks are one question. */
    private void chosen() {
        if (changes > 0) {
            return;
        }
        planned = null;
        if (asking != null) {
            asking.cancel();
        }
        with((service, director) -> {
            TypeCalls calls = new TypeCalls(editor().type().orElseThrow());
            Map<String, Integer> wanted = wanted();
            Optional<ServiceChange> change = calls.scale(service.getSid(), counts, wanted, cloud.getText());
            touched = change.isPresent() || calls.isMixed(counts, wanted);
            Problems.clear(form());
            if (change.isEmpty()) {
                panel.clear(Texts.of(touched ? "scaling.mixed" : "scaling.choose"));
                buttons();
                return;
            }
            panel.clear(Texts.of("change.asking"));
            asking = Work.quietly(panel, Texts.of("change.asking"), m -> {
                Thread.sleep(MOMENT);
                return m.isCanceled() ? null : change.get().plan(director);
            }, accepted -> planned(change.get(), accepted), e -> {
                panel.clear(e.cause());
                problem(e);
            });
            buttons();
        });
    }

    private void planned(ServiceChange change, Accepted accepted) {
        if (accepted == null || !touched) {
            return;
        }
        if (accepted.plan() == null) {
            panel.clear(Texts.of("change.nothing"));
            return;
        }
        planned = change;
        panel.show(accepted.plan());
        buttons();
    }

    @Override
    void apply() {
        ServiceChange change = planned;
        if (change == null) {
            return;
        }
        with((service, director) -> {
            planned = null;
            buttons();
            Work.start(panel, Texts.of("change.scale.title", service.getName()), m -> change.make(director), id -> {
                touched = false;
                editor().service().ifPresent(s -> editor().type().ifPresent(t -> show(s, t)));
            }, e -> {
                problem(e);
                planned = change;
                buttons();
            });
        });
    }

    private void reset() {
        touched = false;
        planned = null;
        Problems.clear(form());
        spinners.forEach((role, spinner) -> quietly(() -> spinner.setSelection(counts.getOrDefault(role.id(), role.initial()))));
        panel.clear(Texts.of("scaling.choose"));
        buttons();
    }

    private void buttons() {
        apply.setEnabled(planned != null);
        reset.setEnabled(touched);
    }
}
