package eu.conpaas.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Files that break off on the way: they never look whole, and large ones are gone on with. */
class DownloadTest {
    private static final int SIZE = 1 << 20;
    @TempDir
    Path folder;
    private World world;
    private HttpRpc client;
    private final byte[] bytes = new byte[SIZE];
    private final AtomicInteger breaks = new AtomicInteger();
    private volatile int served;

    @BeforeEach
    void start() throws IOException {
        new Random(7).nextBytes(bytes);
        world = new World(folder);
        Endpoint ranged = Endpoint.of(Verb.GET, "/ranged", Access.PUBLIC, "A large file.", List.of(),
                call -> new Download("large", "application/octet-stream", SIZE, new Breaking()));
        Endpoint streamed = Endpoint.of(Verb.GET, "/streamed", Access.PUBLIC, "A file of unknown size.", List.of(),
                call -> new Download("large", "application/octet-stream", -1, out -> new Breaking().writeTo(out)));
        Endpoint refused = Endpoint.of(Verb.GET, "/refused", Access.PUBLIC, "A file that is not there after all.", List.of(),
                call -> new Download("large", "application/octet-stream", -1, out -> {
                    throw new ApiException(ErrorCode.CONFLICT, "Not now.", "Later.");
                }));
        world.start(s -> s.endpoints(new Endpoints().add(ranged).add(streamed).add(refused)));
        client = world.builder(world.issue(eu.conpaas.pki.Identity.user(1, "ada", "ada@example.org")), p -> true).retries(0).build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        world.close();
    }

    /** Breaks off in the middle of what is asked for, as often as {@link #breaks} says. */
    private final class Breaking implements Download.Ranged {
        @Override
        public String tag() {
            return "v1";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            writeTo(out, 0, SIZE);
        }

        @Override
        public void writeTo(OutputStream out, long offset, long length) throws IOException {
            boolean whole = breaks.getAndDecrement() <= 0;
            int now = (int) (whole ? length : length / 2);
            served += now;
            out.write(bytes, (int) offset, now);
            out.flush();
            if (!whole) {
                throw new IOException("broken by the test");
            }
        }
    }

    @Test
    void aBrokenDownloadIsGoneOnWith() throws IOException {
        breaks.set(3);
        Path part = folder.resolve("part");
        client.resume(HttpCall.get("/ranged"), part, "v1");
        assertArrayEquals(bytes, Files.readAllBytes(part));
        assertTrue(served <= SIZE, "sent twice: " + (served - SIZE));
        client.resume(HttpCall.get("/ranged"), part, "v1");
        assertEquals(SIZE, Files.size(part));
    }

    @Test
    void whatHasChangedIsTakenFromTheBeginning() throws IOException {
        Path part = folder.resolve("part");
        Files.write(part, new byte[1000]);
        client.resume(HttpCall.get("/ranged"), part, "v0");
        assertArrayEquals(bytes, Files.readAllBytes(part));
    }

    @Test
    void aRangeIsAnsweredAsAsked() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.download(HttpCall.get("/ranged").header("Range", "bytes=10-19"), out);
        assertArrayEquals(Arrays.copyOfRange(bytes, 10, 20), out.toByteArray());
        out.reset();
        client.download(HttpCall.get("/ranged").header("Range", "bytes=-5"), out);
        assertArrayEquals(Arrays.copyOfRange(bytes, SIZE - 5, SIZE), out.toByteArray());
        out.reset();
        client.download(HttpCall.get("/ranged").header("Range", "bytes=5-6,9-10"), out);
        assertEquals(SIZE, out.size());
    }

    @Test
    void aCutStreamNeverLooksWhole() {
        breaks.set(1);
        ApiException cut = assertThrows(ApiException.class, () -> client.download(HttpCall.get("/streamed"), new ByteArrayOutputStream()));
        assertEquals(ErrorCode.UNAVAILABLE, cut.error().code());
        ApiException refused = assertThrows(ApiException.class, () -> client.download(HttpCall.get("/refused"), new ByteArrayOutputStream()));
        assertEquals(ErrorCode.CONFLICT, refused.error().code());
    }
}
