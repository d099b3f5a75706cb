package eu.conpaas.console.internal.command;

import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.change.ServiceChange;

/** Ends a service, or deletes an application with all its services. */
public final class DeleteHandler extends ModelHandler {
    @Override
    void run(Target target) {
        if (target.selected() instanceof Application application) {
            Commands.deleteApplication(target, application);
        } else {
            target.service().ifPresentOrElse(s -> Commands.change(target, s, calls -> ServiceChange.terminate(s.getSid())), () -> nothing(target, "service"));
        }
    }
}
