package eu.conpaas.rpc.internal;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.ParamDef;

/** Turns arguments, which come as text (query, form) or as JSON values (body), into the types that methods declare. */
public final class Convert {
    private Convert() {
    }

    /**
     * Converts.
     *
     * @param name  of the parameter, for the error
     * @param value text, number, boolean, list, map or null
     * @return the value, null for null
     * @throws ApiException INVALID_ARGUMENT
     */
    public static Object to(String name, Object value, Type type) {
        if (value == null) {
            return null;
        }
        try {
            if (type == String.class) {
                return value instanceof List || value instanceof Map ? Json.write(value) : value.toString();
            } else if (type == int.class || type == Integer.class) {
                return Math.toIntExact(integer(value));
            } else if (type == long.class || type == Long.class) {
                return integer(value);
            } else if (type == boolean.class || type == Boolean.class) {
                return bool(value);
            } else if (type == double.class || type == Double.class) {
                return value instanceof Number n ? n.doubleValue() : Double.parseDouble(value.toString().strip());
            } else if (type == Object.class) {
                return value;
            }
            JavaType target = Json.mapper().constructType(type);
            boolean structured = !target.isEnumType() && !java.time.temporal.Temporal.class.isAssignableFrom(target.getRawClass());
            return value instanceof String text && structured ? Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), target)
                    : Json.convert(value, target);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Parameter \"" + name + "\" is not " + describe(type) + ".",
                    "Correct the value and call again.", e);
        }
    }

    private static long integer(Object value) {
        return switch (value) {
            case Integer i -> i;
            case Long l -> l;
            case String s -> Long.parseLong(s.strip());
            default -> throw new IllegalArgumentException("not an integer");
        };
    }

    private static boolean bool(Object value) {
        return switch (value.toString().strip().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1", "on", "yes" -> true;
            case "false", "0", "off", "no" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private static String describe(Type type) {
        return switch (kind(type)) {
            case INTEGER -> "a whole number in range";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case LIST -> "a list of the right shape";
            case OBJECT -> "an object of the right shape";
            default -> type instanceof Class<?> c && c.isEnum() ? "one of " + List.of(c.getEnumConstants()) : "of the right form";
        };
    }

    /** The kind of a Java type. */
    public static ParamDef.Type kind(Type type) {
        if (type instanceof java.lang.reflect.ParameterizedType p) {
            return kind(p.getRawType());
        }
        if (!(type instanceof Class<?> c) || c == Object.class) {
            return ParamDef.Type.ANY;
        } else if (c == eu.conpaas.rpc.Upload.class) {
            return ParamDef.Type.FILE;
        } else if (c == int.class || c == long.class || c == Integer.class || c == Long.class) {
            return ParamDef.Type.INTEGER;
        } else if (c == double.class || c == Double.class) {
            return ParamDef.Type.NUMBER;
        } else if (c == boolean.class || c == Boolean.class) {
            return ParamDef.Type.BOOLEAN;
        } else if (java.util.Collection.class.isAssignableFrom(c)) {
            return ParamDef.Type.LIST;
        } else if (Map.class.isAssignableFrom(c) || c.isRecord()) {
            return ParamDef.Type.OBJECT;
        }
        return ParamDef.Type.STRING;
    }

    /** Checks and converts an argument against a declaration made in code. */
    public static Object to(ParamDef param, Object value) {
        return switch (param.type()) {
            case INTEGER -> to(param.name(), value, Long.class);
            case NUMBER -> to(param.name(), value, Double.class);
            case BOOLEAN -> to(param.name(), value, Boolean.class);
            case STRING -> to(param.name(), value, String.class);
            case LIST -> to(param.name(), value, List.class);
            case OBJECT -> to(param.name(), value, Map.class);
            case FILE, ANY -> value;
        };
    }
}
