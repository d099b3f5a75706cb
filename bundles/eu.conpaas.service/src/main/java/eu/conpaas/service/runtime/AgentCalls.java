package eu.conpaas.service.runtime;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Cancel;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** Carries calls to agents: HTTPS, both sides known by certificate. */
public interface AgentCalls {
    /**
     * @param verb GET or POST
     * @return the result
     * @throws eu.conpaas.api.ApiException the agent's error, or UNAVAILABLE or TIMEOUT if it does not answer in time
     * @throws java.util.concurrent.CancellationException if cancelled; the connection is cut
     */
    Map<String, Object> call(NodeView node, String verb, String method, Map<String, Object> params, Duration deadline, Cancel cancel);

    /**
     * Streams the file that a method answers with.
     *
     * @param pause longest time in which nothing comes
     * @throws eu.conpaas.api.ApiException as {@link #call}, and UNAVAILABLE if the answer breaks off
     */
    void download(NodeView node, String method, Map<String, Object> params, OutputStream out, Duration pause, Cancel cancel);
}
