package eu.conpaas.console.internal.command;

/** Makes a service in the application that is selected, or else the first. */
public final class NewServiceHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.application().ifPresentOrElse(a -> Commands.newService(target.shell(), a), () -> nothing(target, "application"));
    }
}
