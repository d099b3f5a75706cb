package eu.conpaas.console.internal.service;

import eu.conpaas.console.internal.ui.InputFactory;
import eu.conpaas.console.internal.ui.ModelInput;

/** Names one service of one director. */
public final class ServiceInput extends ModelInput {
    private static final String FACTORY = "eu.conpaas.console.service";

    public ServiceInput(String site, long id, String name) {
        super(site, id, name, FACTORY);
    }

    /** See the extension point of element factories. */
    public static final class Factory extends InputFactory {
        @Override
        protected ModelInput make(String site, long id, String name) {
            return new ServiceInput(site, id, name);
        }
    }
}
