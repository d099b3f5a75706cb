package eu.conpaas.client;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.Event;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.SseEvent;
import eu.conpaas.rpc.SseListener;

/** Makes events of what the stream carries. */
record EventReader(Director.EventListener listener) implements SseListener {
    private static final String RELOAD = "reload";

    @Override
    public void event(SseEvent event) {
        if (RELOAD.equals(event.kind())) {
            listener.reload();
        } else {
            listener.changed(Json.read(event.data(), Event.class));
        }
    }

    @Override
    public void connected() {
        listener.connected(true);
    }

    @Override
    public void disconnected(ApiError why) {
        listener.disconnected(why);
    }
}
