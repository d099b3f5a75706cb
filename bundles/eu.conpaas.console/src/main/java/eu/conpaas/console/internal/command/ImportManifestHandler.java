package eu.conpaas.console.internal.command;

/** Makes an application of a manifest. */
public final class ImportManifestHandler extends ModelHandler {
    @Override
    void run(Target target) {
        target.site().ifPresentOrElse(site -> Commands.importManifest(target, site), () -> nothing(target, "director"));
    }
}
