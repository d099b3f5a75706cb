package eu.conpaas.service.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.PlanStep;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.data.ServiceData;
import java.util.List;
import java.util.Map;

/**
 * The logic of one service. Crash-only: it may be killed at any point and a new one called with the same steps, so it keeps nothing in
 * memory that it cannot get back from the {@link Situation} and the agents, and every callback may be repeated. Callbacks run one at a
 * time ({@link #query} and {@link #metrics} beside them), may block, and report failure by exception ({@link eu.conpaas.api.ApiException} for the expected).
 */
public interface ServiceManager extends AutoCloseable {
    /** Called once, before anything else. A manager that never acts of its own accord has no use for it. */
    default void begin(Initiative initiative) {
    }

    /**
     * Called before anything but queries when the service runs or an operation on it begins, and again after {@link #close}: brings up what runs beside the
     * manager.
     */
    void open(Situation situation) throws Exception;

    /** Carries out a step whose actor is the manager. Adjacent steps of the same kind for different nodes may be called concurrently. */
    void step(PlanStep step, Situation situation) throws Exception;

    /** Takes back what {@link #step} did or began to do; only ever called for operations that have not switched. */
    void undo(PlanStep step, Situation situation) throws Exception;

    /**
     * Called at intervals, after an assignment or node changed, and after an agent restarted, while no operation is under way: makes live
     * agents be as desired and repairs what can be repaired in place.
     *
     * @return nodes that must be replaced because their engines cannot be brought up
     */
    List<String> converge(Situation situation) throws Exception;

    /** Answers a method of the descriptor with kind {@code query}. */
    Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception;

    /**
     * Answers a method of kind {@code query} whose answer is a file ({@code MethodSpec.answersFile}). What fails before the first byte reaches the
     * caller as it was thrown; what fails later cuts the connection.
     */
    default Download download(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "See the service's help.");
    }

    /** Latest figures of the service as a whole by metric name (request_rate, error_rate, throughput, response_time, …). */
    default Map<String, Double> metrics(Situation situation) {
        return Map.of();
    }

    /**
     * What {@code ${reported:NAME}} stands for in what the type publishes, by NAME. Asked while the service runs, each time after {@link #converge}, so it should
     * not be slow; null: as before.
     */
    default Map<String, String> published(Situation situation) throws Exception {
        return null;
    }

    /** What the service holds beyond code and settings, for exports and imports. The default: nothing. */
    default ServiceData data() {
        return ServiceData.NONE;
    }

    /** Stops what runs beside the manager; called when the service stops or ends, not when the manager restarts. */
    @Override
    void close();
}
