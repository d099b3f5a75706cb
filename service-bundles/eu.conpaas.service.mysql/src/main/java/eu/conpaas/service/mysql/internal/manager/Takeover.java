package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Initiative;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the director that another server becomes the master: who it is, is the director's word. */
final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
    private final Supplier<Initiative> initiative;

    Takeover(Supplier<Initiative> initiative) {
        this.initiative = initiative;
    }

    /** @return whether the director has accepted; false if it cannot be asked */
    boolean isAsked(NodeView heir) {
        try {
            initiative.get().change("promote", Map.of("slave", heir.id()));
            LOG.warn("The master's server has died; {} takes over", heir.id());
            return true;
        } catch (ApiException e) {
            if (!e.error().code().isRetryable()) {
                throw e;
            }
            LOG.warn("{} cannot take over now: {}", heir.id(), e.getMessage());
            return false;
        }
    }
}
