package eu.conpaas.console.internal.command;

/** Starts a service. */
public final class StartHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.service().ifPresentOrElse(s -> Commands.change(target, s, calls -> calls.start(s.getSid(), "default")), () -> nothing(target, "service"));
    }
}
