package eu.conpaas.console.internal.command;

/** Makes and starts the sample application. */
public final class SampleHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.site().ifPresentOrElse(site -> Sample.start(target, site), () -> nothing(target, "director"));
    }
}
