package eu.conpaas.service.runtime;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.Observed;
import eu.conpaas.api.StepReport;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a manager says to the director. All calls throw {@link eu.conpaas.api.ApiException}: UNAVAILABLE when the director cannot be reached,
 * STALE_EPOCH when another manager has taken this one's place.
 */
public interface DirectorLink {
    /** Waits for an assignment newer than the version seen (0: none yet). @return it, or null if there was none in the time a poll may take */
    Assignment work(long seen);

    /** Says how a step goes. */
    void report(StepReport report);

    /** Says how the service is. */
    void observed(Observed observed);

    /**
     * Hands on a call that somebody made at the manager.
     *
     * @param user  uid of the caller
     * @param files uploaded files by field name
     * @return the director's answer
     */
    Map<String, Object> call(String method, Map<String, Object> arguments, Map<String, Path> files, long user);
}
