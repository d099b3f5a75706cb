package eu.conpaas.console.internal.ui;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

import eu.conpaas.client.Director;
import eu.conpaas.console.internal.Texts;

/** What a manifest would make, before it is made. Blocks nothing. */
public final class ManifestDialog extends TitleAreaDialog {
    private final Director director;
    private final String manifest;
    private PlanPanel panel;

    private ManifestDialog(Shell parent, Director director, String manifest) {
        super(parent);
        this.director = director;
        this.manifest = manifest;
        setShellStyle(SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    public static void open(Shell parent, Director director, String manifest) {
        new ManifestDialog(parent, director, manifest).open();
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        getShell().setText(Texts.of("import.title"));
        setTitle(Texts.of("import.title"));
        setMessage(Texts.of("import.message"));
        panel = new PlanPanel(area);
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.FILL).grab(true, true).indent(10, 10).applyTo(panel);
        panel.clear(Texts.of("change.asking"));
        Work.quietly(panel, Texts.of("change.asking"), m -> director.manifests().planCreate(manifest), accepted -> {
            panel.show(accepted.plan());
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        }, e -> {
            panel.clear("");
            setErrorMessage(Problems.oneLine(e));
        });
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Texts.of("import.button"), true).setEnabled(false);
        createButton(parent, IDialogConstants.CANCEL_ID, Texts.of("button.cancel"), false);
    }

    @Override
    protected void okPressed() {
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        Work.start(panel, Texts.of("import.title"), m -> director.manifests().create(manifest, true), done -> close(), e -> setErrorMessage(Problems.oneLine(e)));
    }
}
