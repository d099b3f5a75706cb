package eu.conpaas.console.internal.application;

import eu.conpaas.console.internal.ui.InputFactory;
import eu.conpaas.console.internal.ui.ModelInput;

/** Names one application of one director. */
public final class ApplicationInput extends ModelInput {
    private static final String FACTORY = "eu.conpaas.console.application";

    public ApplicationInput(String site, long id, String name) {
        super(site, id, name, FACTORY);
    }

    /** See the extension point of element factories. */
    public static final class Factory extends InputFactory {
        @Override
        protected ModelInput make(String site, long id, String name) {
            return new ApplicationInput(site, id, name);
        }
    }
}
