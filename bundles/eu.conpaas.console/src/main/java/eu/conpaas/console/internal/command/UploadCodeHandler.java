package eu.conpaas.console.internal.command;

import java.nio.file.Path;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;

import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.service.CodeUpload;

/** Uploads a version of a service's code. */
public final class UploadCodeHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.service().filter(CodeUpload::takes).ifPresentOrElse(service -> {
            FileDialog dialog = new FileDialog(target.shell(), SWT.OPEN);
            dialog.setText(Texts.of("code.upload.choose"));
            String chosen = dialog.open();
            if (chosen != null) {
                CodeUpload.start(target.shell(), service, Path.of(chosen));
            }
        }, () -> nothing(target, "code"));
    }
}
