package eu.conpaas.console.internal.command;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.model.sync.SiteKeeper;

/** Reads everything anew. */
public final class ReloadHandler extends ModelHandler {
    @Override
    void run(Target target) {
        ConsoleSession session = ConsoleSession.get();
        session.sites().getSites().forEach(site -> session.keepers().keeper(site).ifPresent(SiteKeeper::reload));
    }
}
