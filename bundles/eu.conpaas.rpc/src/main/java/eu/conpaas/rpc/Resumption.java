package eu.conpaas.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.internal.http.Failures;
import eu.conpaas.rpc.internal.http.Reply;

/** A download that goes on where it broke off. */
final class Resumption {
    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;
    private static final int FRUITLESS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Resumption() {
    }

    static void run(HttpRpc http, HttpCall call, Path part, String tag) {
        Cancellation wanted = call.parts().cancellation() == null ? new Cancellation() : call.parts().cancellation();
        Progress progress = call.parts().progress();
        int fruitless = 0;
        while (true) {
            long before = size(part);
            call.progress((done, total) -> progress.moved(before + done, total < 0 ? total : before + total));
            try {
                attempt(http, call, part, tag, before);
                return;
            } catch (ApiException e) {
                fruitless = size(part) > before ? 0 : fruitless + 1;
                if (!e.error().code().isRetryable() || fruitless >= FRUITLESS) {
                    throw e;
                }
            }
            wanted.await(PAUSE);
        }
    }

    private static void attempt(HttpRpc http, HttpCall call, Path part, String tag, long from) {
        if (from > 0) {
            call.header("Range", "bytes=" + from + "-").header("If-Range", '"' + tag + '"');
        }
        http.readPieces(call, reply -> {
            if (reply.status() == UNSATISFIABLE && from > 0) {
                return 0L;
            }
            if (reply.isJsonAnswer()) {
                throw Failures.notAFile(reply, reply.bytes());
            }
            return copy(reply, part, reply.status() == PARTIAL);
        });
    }

    private static long copy(Reply reply, Path part, boolean append) throws IOException {
        try (OutputStream out = append ? Files.newOutputStream(part, StandardOpenOption.APPEND) : Files.newOutputStream(part)) {
            return reply.copyTo(out);
        }
    }

    private static long size(Path part) {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "Cannot read " + part + ": " + e.getMessage() + ".", "Choose another place.", e);
        }
    }
}
