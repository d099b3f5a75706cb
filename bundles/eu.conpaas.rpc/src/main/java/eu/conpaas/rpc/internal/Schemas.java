package eu.conpaas.rpc.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Text;

/** JSON schemas of the types on the wire. */
public final class Schemas {
    private final Map<String, Object> named = new TreeMap<>();

    /** Schemas of the records met so far, by name. */
    public Map<String, Object> named() {
        return named;
    }

    public static Map<String, Object> of(ParamDef.Type type) {
        return switch (type) {
            case INTEGER -> Map.of("type", "integer");
            case NUMBER -> Map.of("type", "number");
            case BOOLEAN -> Map.of("type", "boolean");
            case STRING -> Map.of("type", "string");
            case LIST -> Map.of("type", "array", "items", Map.of());
            case OBJECT -> Map.of("type", "object");
            case FILE -> Map.of("type", "string", "format", "binary");
            case ANY -> Map.of();
        };
    }

    /** Schema of failures. */
    public static Map<String, Object> error() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error", Map.of("const", true));
        fields.put("msg", Map.of("type", "string"));
        fields.put("code", Map.of("type", "string", "enum", ErrorCode.values()));
        fields.put("cause", Map.of("type", "string"));
        fields.put("next", Map.of("type", "string"));
        return Map.of("type", "object", "properties", fields);
    }

    /** An OpenAPI response for a method's result type. */
    public Map<String, Object> response(Type type) {
        if (type == void.class) {
            return Map.of("description", "done");
        } else if (type == Download.class) {
            return content("application/octet-stream", Map.of("type", "string", "format", "binary"));
        } else if (type == Text.class) {
            return content("text/plain", Map.of("type", "string"));
        } else if (type == EventStream.class) {
            return content("text/event-stream", Map.of("type", "string"));
        }
        return content("application/json", schema(type));
    }

    private static Map<String, Object> content(String media, Map<String, Object> schema) {
        return Map.of("description", "success", "content", Map.of(media, Map.of("schema", schema)));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType p) {
            Class<?> raw = (Class<?>) p.getRawType();
            if (Collection.class.isAssignableFrom(raw)) {
                return Map.of("type", "array", "items", schema(p.getActualTypeArguments()[0]));
            } else if (Map.class.isAssignableFrom(raw)) {
                return Map.of("type", "object", "additionalProperties", schema(p.getActualTypeArguments()[1]));
            }
            return Map.of();
        }
        if (!(type instanceof Class<?> c)) {
            return Map.of();
        }
        if (c.isEnum()) {
            return Map.of("type", "string", "enum", Arrays.stream(c.getEnumConstants()).map(Object::toString).toList());
        } else if (c == java.time.Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        } else if (c.isRecord()) {
            return reference(c);
        }
        return of(Convert.kind(c));
    }

    private Map<String, Object> reference(Class<?> c) {
        String name = c.getEnclosingClass() == null ? c.getSimpleName() : c.getEnclosingClass().getSimpleName() + c.getSimpleName();
        if (!named.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            named.put(name, Map.of("type", "object", "properties", properties));
            for (RecordComponent component : c.getRecordComponents()) {
                properties.put(component.getName(), schema(component.getGenericType()));
            }
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

}
