package eu.conpaas.console.internal.command;

/** Makes an application. */
public final class NewApplicationHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.site().ifPresentOrElse(site -> Commands.newApplication(target, site), () -> nothing(target, "director"));
    }
}
