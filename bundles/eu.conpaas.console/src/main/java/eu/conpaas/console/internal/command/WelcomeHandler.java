package eu.conpaas.console.internal.command;

import org.eclipse.ui.PartInitException;

import eu.conpaas.console.internal.ui.Parts;

/** Shows the first page. */
public final class WelcomeHandler extends ModelHandler {
    @Override
    void run(Target target) {
        try {
            Parts.openWelcome(target.page());
        } catch (PartInitException e) {
            throw new IllegalStateException(e);
        }
    }
}
