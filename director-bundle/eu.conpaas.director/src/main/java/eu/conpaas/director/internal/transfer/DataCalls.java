package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.api.ManagerCalls;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.operation.JobWatch;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.data.DataPart;

/** Data of services: asked for from, and given to, whoever is their manager now. A manager that is away for a while is waited for. */
final class DataCalls {
    /** Longest time in which nothing of a part comes: an engine may have to get ready first. */
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 500;
    private final ManagerCalls nodes;
    private final ContentStore store;

    DataCalls(ManagerCalls nodes, ContentStore store) {
        this.nodes = nodes;
        this.store = store;
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    /** The parts there are now. */
    List<DataPart> parts(Service service, JobWatch watch) throws InterruptedException, IOException {
        JsonNode answer = patient(watch, () -> nodes.at(service, null, rpc -> rpc.get("data_parts", Map.of())));
        return Json.convert(answer.path("parts"), Json.listOf(DataPart.class));
    }

    /** Takes a part into the content store. @param progress is told how many bytes have come */
    ContentStore.Stored save(Service service, DataPart part, JobWatch watch, LongConsumer progress) throws InterruptedException, IOException {
        return patient(watch, () -> store.put(out -> nodes.at(service, part.node(), rpc -> {
            rpc.timeout(PAUSE).download("save_data", Map.of("part", part.name()), new Told(out, watch, progress));
            return null;
        }), service.uid()));
    }

    /** Has a part put in and waits until it is. @return false if the service must run first */
    boolean restore(Service service, String part, String sha256, JobWatch watch) throws InterruptedException, IOException {
        while (true) {
            String state = patient(watch, () -> nodes.at(service, null, rpc -> rpc.post("restore_data", Map.of("part", part, "sha256", sha256)))).path("state").asText();
            if (!state.equals("RUNNING")) {
                return state.equals("DONE");
            }
            watch.check();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static <T> T patient(JobWatch watch, Attempt<T> attempt) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (ApiException e) {
                boolean away = e.error().code() == ErrorCode.UNAVAILABLE || e.error().code() == ErrorCode.TIMEOUT;
                if (!away || System.nanoTime() > end) {
                    throw e;
                }
            }
            watch.check();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Tells of what passes through, and stops when that is no longer wanted. */
    private static final class Told extends OutputStream {
        private static final long EVERY_NANOS = 1_000_000_000;
        private final OutputStream out;
        private final JobWatch watch;
        private final LongConsumer progress;
        private long bytes;
        private long told = System.nanoTime();

        Told(OutputStream out, JobWatch watch, LongConsumer progress) {
            this.out = out;
            this.watch = watch;
            this.progress = progress;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] piece, int offset, int length) throws IOException {
            out.write(piece, offset, length);
            bytes += length;
            if (System.nanoTime() - told > EVERY_NANOS) {
                told = System.nanoTime();
                watch.check();
                progress.accept(bytes);
            }
        }
    }
}
