package eu.conpaas.console.internal.application;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.Form;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.command.Commands;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.rpc.Json;

/** The application as one text, as it is now. */
final class ManifestPage extends FormPage {
    private final ApplicationEditor editor;
    private Text text;

    ManifestPage(ApplicationEditor editor) {
        super(editor, "manifest", Texts.of("page.manifest"));
        this.editor = editor;
    }

    @Override
    protected void createFormContent(IManagedForm managed) {
        FormToolkit toolkit = managed.getToolkit();
        Form form = managed.getForm().getForm();
        toolkit.decorateFormHeading(form);
        form.setText(Texts.of("manifest.head", getEditorInput().getName()));
        form.getBody().setLayout(new GridLayout());
        Composite buttons = toolkit.createComposite(form.getBody());
        buttons.setLayout(new RowLayout());
        Button reload = toolkit.createButton(buttons, Texts.of("manifest.reload"), SWT.PUSH);
        reload.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> load()));
        Button save = toolkit.createButton(buttons, Texts.of("manifest.save"), SWT.PUSH);
        save.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> editor.application().ifPresent(a -> Commands.exportManifest(form.getShell(), a))));
        Composite area = Sections.in(form.getBody(), toolkit, Texts.of("page.manifest"), Texts.of("manifest.help"), 1, true);
        text = toolkit.createText(area, "", SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL | SWT.READ_ONLY);
        text.setFont(JFaceResources.getTextFont());
        text.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        load();
    }

    private void load() {
        Form form = getManagedForm().getForm().getForm();
        editor.application().ifPresent(application -> ConsoleSession.get().director(application).ifPresent(director -> {
            long aid = application.getAid();
            Work.quietly(text, Texts.of("page.manifest"), m -> Json.pretty(director.manifests().download(aid, false, false)), found -> {
                Problems.clear(form);
                text.setText(found);
            }, e -> Problems.show(form, e));
        }));
    }
}
