package eu.conpaas.console.internal.ui;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

import eu.conpaas.api.Accepted;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.model.change.ServiceChange;

/** Shows what a change of a service would do and cost before it is made. The window blocks nothing else and may stay open. */
public final class ChangeDialog extends TitleAreaDialog {
    private final Director director;
    private final ServiceChange change;
    private final String name;
    private final Runnable made;
    private PlanPanel panel;

    private ChangeDialog(Shell parent, Director director, ServiceChange change, String name, Runnable made) {
        super(parent);
        this.director = director;
        this.change = change;
        this.name = name;
        this.made = made;
        setShellStyle(SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    /**
     * Opens it.
     *
     * @param name of the service
     */
    public static void open(Shell parent, Director director, ServiceChange change, String name) {
        open(parent, director, change, name, () -> { });
    }

    /** @param made runs when the change has been accepted */
    public static void open(Shell parent, Director director, ServiceChange change, String name, Runnable made) {
        new ChangeDialog(parent, director, change, name, made).open();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Texts.of("change." + change.kind() + ".title", name));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        panel = new PlanPanel(area);
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.FILL).grab(true, true).indent(10, 10).applyTo(panel);
        setTitle(Texts.of("change." + change.kind() + ".title", name));
        setMessage(Texts.of("change." + change.kind() + ".message"),
                change.kind().equals("terminate") ? IMessageProvider.WARNING : IMessageProvider.NONE);
        panel.clear(Texts.of("change.asking"));
        Work.quietly(panel, Texts.of("change.asking"), m -> change.plan(director), this::planned, e -> setErrorMessage(Problems.oneLine(e)));
        return area;
    }

    private void planned(Accepted accepted) {
        if (accepted.plan() == null) {
            panel.clear(Texts.of("change.nothing"));
            return;
        }
        panel.show(accepted.plan());
        getButton(IDialogConstants.OK_ID).setEnabled(true);
        getButton(IDialogConstants.OK_ID).setFocus();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Texts.of("change." + change.kind() + ".button"), true).setEnabled(false);
        createButton(parent, IDialogConstants.CANCEL_ID, Texts.of("button.cancel"), false);
        ((GridData) parent.getLayoutData()).horizontalAlignment = SWT.END;
    }

    @Override
    protected void okPressed() {
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        Work.start(panel, Texts.of("change." + change.kind() + ".title", name), m -> change.make(director), id -> {
            made.run();
            close();
        }, e -> {
            setErrorMessage(Problems.oneLine(e));
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        });
    }
}
