package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Observed;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the manager compare and repair while no operation is under way, and tells the director how the service is. */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private final ServiceManager manager;
    private final DirectorLink director;

    Reconciler(ServiceManager manager, DirectorLink director) {
        this.manager = manager;
        this.director = director;
    }

    void run(Situation situation) {
        try {
            Failpoint.MANAGER_CONVERGING.reached();
            List<String> unhealthy = manager.converge(situation);
            say(situation, unhealthy.isEmpty(), unhealthy, unhealthy.isEmpty() ? null : "engines do not come up on " + String.join(", ", unhealthy));
        } catch (CancellationException e) {
            LOG.debug("an operation came up");
        } catch (Exception e) {
            ManagerRuntime.rethrowStale(e);
            LOG.warn("the service is not as it should be: {}", e.getMessage(), e);
            trouble(situation, e);
        }
    }

    /** Tells of a service with nothing to repair. */
    void report(Situation situation) {
        say(situation, true, List.of(), null);
    }

    void trouble(Situation situation, Exception e) {
        say(situation, false, List.of(), e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private void say(Situation situation, boolean healthy, List<String> unhealthy, String detail) {
        try {
            director.observed(new Observed(situation.assignment().epoch(), situation.assignment().desired().version(), healthy, unhealthy, detail,
                    published(situation), metrics(situation)));
        } catch (ApiException e) {
            ManagerRuntime.rethrowStale(e);
            LOG.info("the director does not hear how the service is: {}", e.getMessage());
        }
    }

    private Map<String, String> published(Situation situation) {
        if (situation.to().goal() != DesiredState.Goal.RUNNING) {
            return null;
        }
        try {
            return manager.published(situation);
        } catch (Exception e) {
            ManagerRuntime.rethrowStale(e);
            LOG.info("what the service publishes stays as it was: {}", e.getMessage());
            return null;
        }
    }

    private Map<String, Double> metrics(Situation situation) {
        try {
            return manager.metrics(situation);
        } catch (RuntimeException e) {
            ManagerRuntime.rethrowStale(e);
            LOG.debug("no figures: {}", e.getMessage());
            return Map.of();
        }
    }
}
