package eu.conpaas.console.internal.command;

import org.eclipse.jface.wizard.WizardDialog;

import eu.conpaas.console.internal.wizard.SignInWizard;

/** Connects to a director. */
public final class SignInHandler extends ModelHandler {
    @Override
    void run(Target target) {
        new WizardDialog(target.shell(), new SignInWizard()).open();
    }
}
