package eu.conpaas.console.internal.command;

import eu.conpaas.console.model.Site;

/** Forgets a saved connection. */
public final class ForgetHandler extends ModelHandler {
    @Override
    void run(Target target) {
        if (target.selected() instanceof Site site) {
            Commands.forget(target, site);
        } else {
            nothing(target, "site");
        }
    }
}
