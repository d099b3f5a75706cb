package eu.conpaas.console.internal.welcome;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.ScrolledForm;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.EditorPart;

import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.ui.Problems;

/** The first page: what can be done, each thing a click away. */
public final class WelcomeEditor extends EditorPart {
    private static final int WIDTH = 620;
    private FormToolkit toolkit;
    private Link first;

    @Override
    public void init(IEditorSite site, IEditorInput input) {
        setSite(site);
        setInput(input);
        setPartName(input.getName());
    }

    @Override
    public void createPartControl(Composite parent) {
        toolkit = new FormToolkit(parent.getDisplay());
        ScrolledForm form = toolkit.createScrolledForm(parent);
        form.setText(Texts.of("welcome.head"));
        form.setImage(Icons.image("conpaas"));
        toolkit.decorateFormHeading(form.getForm());
        GridLayout layout = new GridLayout(2, false);
        layout.marginWidth = 24;
        layout.marginHeight = 16;
        layout.verticalSpacing = 10;
        layout.horizontalSpacing = 12;
        form.getBody().setLayout(layout);
        Label text = toolkit.createLabel(form.getBody(), Texts.of("welcome.text"), SWT.WRAP);
        GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        wide.widthHint = WIDTH;
        text.setLayoutData(wide);
        first = entry(form.getBody(), "start", "sample", "eu.conpaas.console.sample");
        entry(form.getBody(), "application-new", "application", "eu.conpaas.console.newApplication");
        entry(form.getBody(), "service-new", "service", "eu.conpaas.console.newService");
        entry(form.getBody(), "director", "connect", "eu.conpaas.console.signIn");
        entry(form.getBody(), "upload", "manifest", "eu.conpaas.console.importManifest");
    }

    private Link entry(Composite body, String icon, String key, String command) {
        Label picture = toolkit.createLabel(body, "");
        picture.setImage(Icons.image(icon));
        picture.setLayoutData(new GridData(SWT.CENTER, SWT.TOP, false, false, 1, 2));
        Link link = new Link(body, SWT.NONE);
        toolkit.adapt(link, true, true);
        link.setText("<a>" + Texts.of("welcome." + key) + "</a>");
        link.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        link.addListener(SWT.Selection, e -> run(command));
        Label help = toolkit.createLabel(body, Texts.of("welcome." + key + ".help"), SWT.WRAP);
        GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
        wide.widthHint = WIDTH;
        help.setLayoutData(wide);
        return link;
    }

    private void run(String command) {
        try {
            getSite().getService(IHandlerService.class).executeCommand(command, null);
        } catch (org.eclipse.core.commands.common.CommandException e) {
            Problems.show(getSite().getShell(), Texts.of("welcome.title"), Work.error(e));
        }
    }

    @Override
    public void setFocus() {
        first.setFocus();
    }

    @Override
    public void dispose() {
        toolkit.dispose();
        super.dispose();
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void doSaveAs() {
        throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public boolean isDirty() {
        return false;
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }
}
