package eu.conpaas.rpc;

/** A server-sent event as read. {@code id} is null if it had none; {@code kind} is {@code message} if none was said. */
public record SseEvent(String id, String kind, String data) {
}
