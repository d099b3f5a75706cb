package eu.conpaas.console.internal.command;

/** Saves the manifest of an application. */
public final class ExportManifestHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.application().ifPresentOrElse(a -> Commands.exportManifest(target.shell(), a), () -> nothing(target, "application"));
    }
}
