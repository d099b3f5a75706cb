package eu.conpaas.console.internal.command;

import org.eclipse.emf.ecore.EObject;

import eu.conpaas.console.internal.ui.Parts;

/** Opens what is selected. */
public final class OpenHandler extends ModelHandler {
    @Override
    void run(Target target) {
        if (target.selected() instanceof EObject object) {
            Parts.open(target.page(), object);
        }
    }
}
