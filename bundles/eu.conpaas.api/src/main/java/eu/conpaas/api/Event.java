package eu.conpaas.api;

import java.time.Instant;
import java.util.Map;

/**
 * A change, as sent on the event stream.
 *
 * @param id   grows; the stream's {@code Last-Event-ID}
 * @param time when
 * @param kind {@code service.state}, {@code node.state}, {@code operation.progress}, {@code credit}, {@code application}, {@code version}, …
 * @param uid  owner of what changed
 * @param aid  application, or 0
 * @param sid  service, or 0
 * @param data what changed, small
 */
public record Event(long id, Instant time, String kind, long uid, long aid, long sid, Map<String, Object> data) {
}
