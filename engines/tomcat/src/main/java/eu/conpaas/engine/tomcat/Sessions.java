package eu.conpaas.engine.tomcat;

import static eu.conpaas.engine.tomcat.Redis.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Sessions in Redis: a hash for each, of a stamp that changes whenever it is written and its content. Beside them a sorted set tells until when
 * sessions of each code version may live, so that the manager knows how long it must be hosted.
 */
final class Sessions {
    /** Sorted set of code versions by the time, in milliseconds, at which the last of their sessions ends. */
    static final String ALIVE = "java:alive";
    private static final byte[] STAMP = bytes("s");
    private static final byte[] CONTENT = bytes("c");
    /** Sessions without an end are dropped when nobody has used them for this long, in seconds. */
    private static final long LONGEST = 30L * 24 * 3600;
    /** How much longer than the session itself its data are kept, in seconds: so that who finds it too old is the one to end it. */
    private static final long MARGIN = 60;
    private final Redis redis;

    /** @param url {@code redis://:PASSWORD@HOST:PORT} */
    Sessions(String url) {
        this.redis = new Redis(url);
    }

    /** What is stored of a session. */
    record Stored(String stamp, byte[] content) {
    }

    private static byte[] key(String id) {
        return bytes("java:session:" + id);
    }

    /** The session's stamp, or null if it is not stored. */
    String stamp(String id) throws IOException {
        byte[] stamp = (byte[]) redis.send(bytes("HGET"), key(id), STAMP);
        return stamp == null ? null : new String(stamp, StandardCharsets.UTF_8);
    }

    /** The session, or null if it is not stored. */
    Stored load(String id) throws IOException {
        List<?> fields = (List<?>) redis.send(bytes("HMGET"), key(id), STAMP, CONTENT);
        return fields.get(0) == null || fields.get(1) == null ? null : new Stored(new String((byte[]) fields.get(0), StandardCharsets.UTF_8), (byte[]) fields.get(1));
    }

    /**
     * Stores a session.
     *
     * @param version code version it belongs to
     * @param seconds how long it lives when nobody uses it; 0 or less for ever
     * @return its new stamp
     */
    String save(String id, String version, byte[] content, int seconds) throws IOException {
        String stamp = UUID.randomUUID().toString();
        long life = (seconds <= 0 ? LONGEST : Math.min(seconds, LONGEST)) + MARGIN;
        redis.send(List.of(
                new byte[][] {bytes("MULTI")},
                new byte[][] {bytes("HSET"), key(id), STAMP, bytes(stamp), CONTENT, content},
                new byte[][] {bytes("EXPIRE"), key(id), bytes(Long.toString(life))},
                new byte[][] {bytes("ZADD"), bytes(ALIVE), bytes("GT"), bytes(Long.toString(System.currentTimeMillis() + life * 1000)), bytes(version)},
                new byte[][] {bytes("EXEC")}));
        return stamp;
    }

    void remove(String id) throws IOException {
        redis.send(bytes("DEL"), key(id));
    }
}
