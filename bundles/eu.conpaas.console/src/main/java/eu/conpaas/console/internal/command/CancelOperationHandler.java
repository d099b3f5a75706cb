package eu.conpaas.console.internal.command;

/** Has an operation undone. */
public final class CancelOperationHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.task().or(() -> target.service().flatMap(Commands::underWay)).ifPresentOrElse(t -> Commands.cancel(target, t), () -> nothing(target, "operation"));
    }
}
