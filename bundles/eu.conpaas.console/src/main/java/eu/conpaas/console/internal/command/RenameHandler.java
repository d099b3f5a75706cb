package eu.conpaas.console.internal.command;

import eu.conpaas.console.model.Application;

/** Gives a service or an application another name. */
public final class RenameHandler extends ModelHandler {
    @Override
    void run(Target target) {
        if (target.selected() instanceof Application application) {
            Commands.rename(target, application);
        } else {
            target.service().ifPresentOrElse(s -> Commands.rename(target, s), () -> nothing(target, "service"));
        }
    }
}
