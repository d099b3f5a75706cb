package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import java.util.List;
import java.util.Map;

/** Arguments of a call, checked as they are read. */
record Call(Map<String, Object> arguments) {
    private Object get(String name) {
        Object value = arguments.get(name);
        if (value == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + name + "\"", "Give it.");
        }
        return value;
    }

    String text(String name) {
        return get(name).toString();
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    List<String> texts(String name) {
        return get(name) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(text(name));
    }
}
