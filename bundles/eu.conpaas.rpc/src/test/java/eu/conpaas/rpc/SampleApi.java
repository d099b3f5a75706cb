package eu.conpaas.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;

/** Endpoints of every kind, for tests. */
public final class SampleApi {
    public record Thing(long id, String name, Instant made) {
    }

    final Semaphore entered = new Semaphore(0);
    final CountDownLatch release = new CountDownLatch(1);
    volatile Path lastUpload;

    @Expose(verb = Verb.GET, path = "/services/{sid}/things", access = Access.SERVICE_OWNER, help = "Things of a service.")
    public List<Thing> things(@Param("sid") long sid, @Param(value = "limit", required = false) int limit) {
        return List.of(new Thing(sid, "limit " + limit, Instant.EPOCH));
    }

    @Expose(verb = Verb.POST, path = "/things", access = Access.USER, help = "Makes one.")
    public Thing make(@Param("name") String name, @Param("tags") List<String> tags, @Param("flag") boolean flag, Caller caller) {
        return new Thing(caller.uid(), name + tags + flag, Instant.EPOCH);
    }

    @Expose(verb = Verb.PUT, path = "/things/{id}/file", access = Access.USER, maxUpload = 1 << 20, help = "Takes a file.")
    public Map<String, Object> upload(@Param("id") String id, @Param("file") Upload file, @Param(value = "note", required = false) String note)
            throws IOException {
        lastUpload = file.path();
        byte[] bytes = Files.readAllBytes(file.path());
        return Map.of("id", id, "size", file.size(), "read", bytes.length, "name", file.filename(), "note", String.valueOf(note));
    }

    @Expose(verb = Verb.GET, path = "/file", access = Access.USER, help = "Sends a file.")
    public Download file() {
        return Download.of("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), "grüße.txt", "text/plain");
    }

    @Expose(verb = Verb.GET, path = "/fast", access = Access.PUBLIC, help = "Answers at once.")
    public Text fast() {
        return Text.plain("fast");
    }

    @Expose(verb = Verb.GET, path = "/slow", access = Access.PUBLIC, help = "Answers when told to.")
    public String slow() throws InterruptedException {
        entered.release();
        return release.await(30, TimeUnit.SECONDS) ? "late" : "never";
    }

    @Expose(verb = Verb.GET, path = "/broken", access = Access.PUBLIC, help = "Fails.")
    public String broken() {
        throw new IllegalStateException("secret detail");
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/listapp", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.NOT_FOUND, ErrorCode.MISSING_ARGUMENT}, help = "As 1.3.1.")
    public List<Map<String, Object>> listApp() {
        return List.of(Map.of("aid", 1));
    }

    @Expose(verb = Verb.POST, path = "/renameapp/{aid}", access = Access.USER, style = Style.LEGACY,
            falseFor = {ErrorCode.NOT_AUTHENTICATED, ErrorCode.NOT_FOUND, ErrorCode.MISSING_ARGUMENT}, help = "As 1.3.1.")
    public void rename(@Param("aid") long aid, @Param("name") String name) {
        if (aid != 1) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no application " + aid + ".", "See the list.");
        } else if (name.equals("taken")) {
            throw new ApiException(ErrorCode.CONFLICT, "Application \"taken\" exists.", "Choose another name.");
        }
    }

    @Expose(verb = Verb.POST, path = "/login", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED, help = "As 1.3.1.")
    public Map<String, Object> login(Caller caller) {
        return Map.of("username", caller.name());
    }

    @Expose(verb = Verb.GET, path = "/events", access = Access.USER, help = "Changes.")
    public EventStream events(Request request) {
        long[] next = {request.lastEventId() == null ? 1 : Long.parseLong(request.lastEventId()) + 1};
        return new EventStream(new EventStream.Source() {
            private int sent;

            @Override
            public EventStream.Item next(Duration atMost) {
                // Two events on each connection, so that a reader must come back for more.
                if (sent++ == 2) {
                    return END;
                }
                long id = next[0]++;
                return new EventStream.Item(Long.toString(id), "thing", Map.of("n", id));
            }

            @Override
            public void close() {
                sent = 2;
            }
        });
    }
}
