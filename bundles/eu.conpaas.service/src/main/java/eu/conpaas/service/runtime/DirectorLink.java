package eu.conpaas.service.runtime;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.Observed;
import eu.conpaas.api.StepReport;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Upload;
import java.util.Collection;
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
     * @param uploads files that came with it
     * @param caller  who called
     * @return the director's answer
     */
    Object call(String method, Map<String, Object> arguments, Collection<Upload> uploads, Caller caller);
}
