package eu.conpaas.console.internal.command;

/** Stops a service. */
public final class StopHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.service().ifPresentOrElse(s -> Commands.change(target, s, calls -> calls.stop(s.getSid())), () -> nothing(target, "service"));
    }
}
