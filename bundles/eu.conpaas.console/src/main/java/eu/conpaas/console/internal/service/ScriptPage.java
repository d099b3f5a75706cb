package eu.conpaas.console.internal.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Service;

/** The script that is run once on each node made later. */
final class ScriptPage extends ServicePage {
    private Text text;
    private Button save;
    private String stored = "";
    private String hash = "never asked";
    private boolean filling;

    ScriptPage(ServiceEditor editor) {
        super(editor, "script");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite buttons = toolkit.createComposite(body);
        buttons.setLayout(new RowLayout());
        save = toolkit.createButton(buttons, Texts.of("script.save"), SWT.PUSH);
        save.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> apply()));
        Composite area = Sections.in(body, toolkit, Texts.of("script.title"), Texts.of("script.help"), 1, true);
        text = toolkit.createText(area, "", SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        text.setFont(JFaceResources.getTextFont());
        text.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        text.addModifyListener(e -> typed());
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        if (service.getDesired() == null || Objects.equals(hash, service.getDesired().startupScript())) {
            return;
        }
        hash = service.getDesired().startupScript();
        with((s, director) -> {
            long sid = service.getSid();
            Work.quietly(text, Texts.of("script.title"), m -> {
                try {
                    return director.services().startupScript(sid);
                } catch (ApiException e) {
                    if (e.error().code() == ErrorCode.NOT_FOUND) {
                        return "";
                    }
                    throw e;
                }
            }, this::loaded, this::problem);
        });
    }

    private void loaded(String script) {
        if (isDirty()) {
            form().setMessage(Texts.of("settings.conflict"), IMessageProvider.WARNING);
            return;
        }
        stored = script;
        filling = true;
        text.setText(script);
        filling = false;
        typed();
    }

    private void typed() {
        if (!filling) {
            setDirty(!text.getText().equals(stored));
            save.setEnabled(isDirty());
        }
    }

    @Override
    void apply() {
        String script = text.getText();
        with((service, director) -> {
            long sid = service.getSid();
            Work.start(text, Texts.of("script.saving", service.getName()), m -> {
                Path file = Files.createTempFile("startup", ".sh");
                try {
                    Files.writeString(file, script);
                    director.services().uploadStartupScript(sid, file);
                    return script;
                } finally {
                    Files.deleteIfExists(file);
                }
            }, saved -> {
                stored = saved;
                typed();
                form().setMessage(Texts.of("script.saved"), IMessageProvider.INFORMATION);
            }, this::problem);
        });
    }
}
