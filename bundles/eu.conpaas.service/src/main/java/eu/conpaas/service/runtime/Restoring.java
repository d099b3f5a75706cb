package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.data.Incoming;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.manager.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts parts in, each on a thread of its own, so that whoever asks need not hold a connection for as long as it takes. Asking again for the same is how
 * one learns how far it is; a manager that has been restarted begins again.
 */
final class Restoring {
    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);
    private final Map<String, Job> jobs = new HashMap<>();
    private final ServiceManager manager;
    private final ContentCache cache;

    Restoring(ServiceManager manager, ContentCache cache) {
        this.manager = manager;
        this.cache = cache;
    }

    /** How far a part is. */
    enum State { RUNNING, DONE, LATER }

    private static final class Job {
        final String sha256;
        final Goal goal;
        State state = State.RUNNING;
        ApiException error;

        Job(String sha256, Goal goal) {
            this.sha256 = sha256;
            this.goal = goal;
        }
    }

    /** @throws ApiException why it failed, once; asked again it is tried again */
    synchronized State go(String part, String sha256, Situation situation) {
        Goal goal = situation.to().goal();
        Job job = jobs.get(part);
        boolean other = job != null && (!job.sha256.equals(sha256) || job.goal != goal);
        if (other && job.state == State.RUNNING) {
            throw new ApiException(ErrorCode.CONFLICT, "Another restore of " + part + " is under way.", "Wait until it has ended.");
        }
        if (job == null || other) {
            job = new Job(sha256, goal);
            jobs.put(part, job);
            Job started = job;
            Thread.ofVirtual().name("restore " + part).start(() -> run(part, started, situation));
        }
        if (job.error != null) {
            jobs.remove(part);
            throw job.error;
        }
        return job.state;
    }

    private void run(String part, Job job, Situation situation) {
        State end = State.RUNNING;
        ApiException error = new ApiException(ErrorCode.INTERNAL, part + " could not be restored.", "See the manager's log.");
        try {
            end = manager.data().restore(part, new Content(cache, job.sha256), situation) ? State.DONE : State.LATER;
            error = null;
        } catch (ApiException e) {
            error = e;
        } catch (Exception e) {
            LOG.warn("{} could not be restored", part, e);
            error = new ApiException(ErrorCode.STEP_FAILED, part + " could not be restored: " + e.getMessage(), "See the manager's log.", e);
        } finally {
            ended(job, end, error);
        }
    }

    private synchronized void ended(Job job, State end, ApiException error) {
        job.state = end;
        job.error = error;
    }

    private record Content(ContentCache cache, String sha256) implements Incoming {
        @Override
        public Path file() throws IOException {
            return cache.get(sha256);
        }
    }
}
