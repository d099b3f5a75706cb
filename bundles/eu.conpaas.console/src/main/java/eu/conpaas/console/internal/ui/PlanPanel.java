package eu.conpaas.console.internal.ui;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.console.internal.Texts;

/** A plan with what it costs, or an operation on its way: the same steps, first to be thought about, then to be watched. */
public final class PlanPanel extends Composite {
    private static final int STEPS = 150;
    private static final int PARTS = 1000;
    private static final int WIDTH = 460;
    private final Label summary;
    private final Label cost;
    private final Label warnings;
    private final ProgressBar bar;
    private final Table steps;

    public PlanPanel(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(4, 6).applyTo(this);
        summary = label();
        cost = label();
        warnings = label();
        bar = new ProgressBar(this, SWT.HORIZONTAL);
        bar.setMaximum(PARTS);
        bar.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        steps = new Table(this, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL);
        steps.setHeaderVisible(true);
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = STEPS;
        steps.setLayoutData(data);
        column(Texts.of("plan.step"), 320);
        column(Texts.of("plan.duration"), 90);
        column(Texts.of("plan.state"), 220);
        clear("");
    }

    private Label label() {
        Label label = new Label(this, SWT.WRAP);
        GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
        data.widthHint = WIDTH;
        label.setLayoutData(data);
        return label;
    }

    private void column(String title, int width) {
        TableColumn column = new TableColumn(steps, SWT.NONE);
        column.setText(title);
        column.setWidth(width);
    }

    /** Nothing to show but a sentence. */
    public void clear(String sentence) {
        summary.setText(sentence);
        cost.setText("");
        warnings.setText("");
        shown(warnings, false);
        shown(bar, false);
        steps.removeAll();
        layout(true);
    }

    /** What would be done. */
    public void show(Plan plan) {
        summary.setText(plan.summary());
        cost.setText(Texts.of("plan.cost", plan.creditsPerHourNow(), plan.creditsPerHour(), plan.creditsNow(), Words.duration(plan.seconds())));
        warnings.setText(String.join("\n", plan.warnings()));
        shown(warnings, !plan.warnings().isEmpty());
        shown(bar, false);
        steps.removeAll();
        for (PlanStep step : plan.steps()) {
            new TableItem(steps, SWT.NONE).setText(new String[] {step.title(), Words.duration(step.seconds()),
                    step.isSwitch() ? Texts.of("plan.switch") : ""});
        }
        layout(true);
    }

    /** What is being done. */
    public void show(Operation operation) {
        summary.setText(operation.plan().summary());
        cost.setText(operation.error() == null ? Words.stage(operation) : Problems.oneLine(operation.error()));
        shown(warnings, false);
        shown(bar, true);
        bar.setSelection((int) (PARTS * Words.done(operation)));
        boolean anew = steps.getItemCount() != operation.plan().steps().size();
        if (anew) {
            steps.removeAll();
        }
        for (int i = 0; i < operation.plan().steps().size(); i++) {
            PlanStep step = operation.plan().steps().get(i);
            Operation.Progress progress = operation.steps().get(step.id());
            TableItem item = anew ? new TableItem(steps, SWT.NONE) : steps.getItem(i);
            item.setText(new String[] {step.title(), Words.duration(step.seconds()), state(progress)});
        }
        layout(true);
    }

    private static String state(Operation.Progress progress) {
        if (progress == null) {
            return Texts.of("step.pending");
        }
        String word = Texts.of("step", progress.state());
        return progress.detail() == null || progress.detail().isEmpty() ? word : Texts.of("step.detail", word, progress.detail());
    }

    private static void shown(org.eclipse.swt.widgets.Control control, boolean visible) {
        control.setVisible(visible);
        ((GridData) control.getLayoutData()).exclude = !visible;
    }
}
