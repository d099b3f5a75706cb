package eu.conpaas.rpc;

import java.util.List;
import java.util.Map;

import eu.conpaas.rpc.internal.Convert;

/**
 * A call on its way to a {@link Handler}: arguments checked against the {@link ParamDef}s (required ones there, none unknown).
 *
 * @param request the facts; {@link Request#params()} are the arguments
 * @param uploads files, by field name
 * @param caller  who calls
 */
public record Call(Request request, Map<String, Upload> uploads, Caller caller) {
    /** An argument or path variable, or null. */
    public Object get(String name) {
        String variable = request.variables().get(name);
        return variable != null ? variable : request.params().get(name);
    }

    /** @return the text, or null if absent */
    public String string(String name) {
        return get(name, String.class);
    }

    /** @return the number, or 0 if absent */
    public int integer(String name) {
        Integer value = get(name, Integer.class);
        return value == null ? 0 : value;
    }

    /** @return the number, or 0 if absent */
    public long number(String name) {
        Long value = get(name, Long.class);
        return value == null ? 0 : value;
    }

    /** @return the value, false if absent */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(get(name, Boolean.class));
    }

    public List<?> list(String name) {
        return get(name, List.class);
    }

    public Map<?, ?> map(String name) {
        return get(name, Map.class);
    }

    /**
     * An argument converted, or null if absent.
     *
     * @throws eu.conpaas.api.ApiException INVALID_ARGUMENT if it cannot be
     */
    public <T> T get(String name, Class<T> type) {
        return type.cast(Convert.to(name, get(name), type));
    }

    /** The file of a field, or null. */
    public Upload upload(String name) {
        return uploads.get(name);
    }
}
