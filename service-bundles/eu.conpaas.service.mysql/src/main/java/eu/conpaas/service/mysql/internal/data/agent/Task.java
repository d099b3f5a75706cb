package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.runtime.CancelToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One long piece of work on its way: how far it is, how it ended, and the means to end it. */
public final class Task {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);
    private final CancelToken cancel = new CancelToken();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String id;
    private volatile String word = "";
    private volatile Map<String, Object> result;
    private volatile ApiError error;

    Task(String id) {
        this.id = id;
    }

    /** The work. */
    public interface Work {
        /** @return what the manager is told of it */
        Map<String, Object> run(Task task) throws Exception;
    }

    void run(Work work) {
        try {
            result = Map.copyOf(work.run(this));
        } catch (ApiException e) {
            error = e.error();
        } catch (CancellationException e) {
            error = new ApiError(ErrorCode.CONFLICT, "It was cancelled.", "");
        } catch (Exception e) {
            LOG.warn("{} failed", id, e);
            error = new ApiError(ErrorCode.STEP_FAILED, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), "See the node's log.");
        } finally {
            ended.countDown();
        }
    }

    /** Says how far it is, for people. */
    public void word(String text) {
        word = text;
    }

    public CancelToken cancel() {
        return cancel;
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    /** Waits until it has ended, or for so long. */
    void await(long millis) throws InterruptedException {
        ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** {@code {state: running|done|failed, word, result | code, cause, next}}. */
    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", !isOver() ? "running" : error == null ? "done" : "failed");
        view.put("word", word);
        if (isOver() && error != null) {
            view.put("code", error.code().name());
            view.put("cause", error.cause());
            view.put("next", error.next());
        } else if (isOver()) {
            view.put("result", result);
        }
        return view;
    }
}
