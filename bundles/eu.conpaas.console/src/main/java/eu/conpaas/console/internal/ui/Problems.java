package eu.conpaas.console.internal.ui;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.forms.widgets.Form;

import eu.conpaas.api.ApiError;
import eu.conpaas.console.internal.Texts;

/** Tells people what went wrong, why, and what to do next; never stands in the way of the rest. */
public final class Problems {
    private Problems() {
    }

    /** In a window of its own that blocks nothing. */
    public static void show(Shell parent, String title, ApiError error) {
        MessageDialog dialog = new MessageDialog(parent, title, null, text(error), MessageDialog.ERROR, new String[] {Texts.of("button.close")}, 0) {
            @Override
            protected int getShellStyle() {
                return SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS;
            }
        };
        dialog.setBlockOnOpen(false);
        dialog.open();
    }

    /** In the head of a page. */
    public static void show(Form form, ApiError error) {
        form.setMessage(oneLine(error), IMessageProvider.ERROR);
    }

    public static void clear(Form form) {
        form.setMessage(null, IMessageProvider.NONE);
    }

    public static String text(ApiError error) {
        return error.next().isEmpty() ? error.cause() : error.cause() + "\n\n" + error.next();
    }

    public static String oneLine(ApiError error) {
        return (error.next().isEmpty() ? error.cause() : error.cause() + " " + error.next()).replace('\n', ' ');
    }
}
