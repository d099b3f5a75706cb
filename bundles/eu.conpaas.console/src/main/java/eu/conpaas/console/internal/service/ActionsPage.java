package eu.conpaas.console.internal.service;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.Actions;

/** What else the type can do: a button for each, with what it is for. */
final class ActionsPage extends ServicePage {
    private static final int HELP = 320;

    ActionsPage(ServiceEditor editor) {
        super(editor, "actions");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        List<MethodSpec> actions = Actions.of(editor().type().orElseThrow());
        Composite asking = Sections.in(body, toolkit, Texts.of("actions.ask"), Texts.of("actions.ask.help"), 2, false);
        actions.stream().filter(m -> !m.kind().equals("change")).forEach(m -> row(asking, toolkit, m));
        Composite doing = Sections.in(body, toolkit, Texts.of("actions.do"), Texts.of("actions.do.help"), 2, false);
        actions.stream().filter(m -> m.kind().equals("change")).forEach(m -> row(doing, toolkit, m));
    }

    private void row(Composite parent, FormToolkit toolkit, MethodSpec method) {
        Button button = toolkit.createButton(parent, title(method), SWT.PUSH);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, false, false));
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> with((service, director) -> ActionDialog.open(form().getShell(), director, service, method))));
        Label help = toolkit.createLabel(parent, method.help(), SWT.WRAP);
        GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
        wide.widthHint = HELP;
        help.setLayoutData(wide);
    }

    /** The command's name as words. */
    static String title(MethodSpec method) {
        String words = method.command().name().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + (Actions.questions(method).isEmpty() && !method.kind().equals("change") ? "" : "...");
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        // the actions are the same in every state; the director says when one cannot be
    }
}
