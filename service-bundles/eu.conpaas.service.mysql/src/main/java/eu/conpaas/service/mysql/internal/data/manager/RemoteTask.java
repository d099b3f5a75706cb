package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Long work of an agent: begun once, followed to its end, ended when it is no longer wanted. */
record RemoteTask(String id, NodeView node, Situation situation) {
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final int LOOK_MS = 2000;

    /** Begins it, unless the agent knows it already. */
    void begin(String method, Map<String, Object> arguments) {
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("task", id);
        situation.agents().call(node, method, all, SHORT);
    }

    /** How it is; see {@code DataCalls}. */
    Map<String, Object> look(int millis) {
        return situation.agents().call(node, "task", Map.of("id", id, "millis", millis), SHORT);
    }

    /** Begins it and follows it to its end. @return its result @throws ApiException why it failed */
    Map<String, Object> run(String method, Map<String, Object> arguments) {
        begin(method, arguments);
        String said = "";
        while (true) {
            situation.cancel().check();
            Map<String, Object> view = look(LOOK_MS);
            String word = String.valueOf(view.get("word"));
            if (!word.isEmpty() && !word.equals(said)) {
                situation.progress().accept(word);
                said = word;
            }
            if (!view.get("state").equals("running")) {
                return result(view);
            }
        }
    }

    /** @throws ApiException why it failed */
    @SuppressWarnings("unchecked")
    static Map<String, Object> result(Map<String, Object> view) {
        return switch (view.get("state").toString()) {
            case "done" -> (Map<String, Object>) view.get("result");
            case "failed" -> throw new ApiException(ErrorCode.valueOf(view.get("code").toString()), view.get("cause").toString(), view.get("next").toString());
            default -> throw new ApiException(ErrorCode.STEP_FAILED, "The agent ended in the midst of it.", "Do it again.");
        };
    }

    /** Ends it; one that is not known is no error. */
    void cancel() {
        situation.agents().call(node, "task_cancel", Map.of("id", id), SHORT);
    }
}
