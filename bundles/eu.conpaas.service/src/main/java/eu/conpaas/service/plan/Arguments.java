package eu.conpaas.service.plan;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks the arguments of a call against what the descriptor says. */
public final class Arguments {
    private Arguments() {
    }

    /**
     * The arguments in their types (integers as Integer or Long, booleans as Boolean), with defaults filled in. Texts that spell a number or a boolean
     * are taken for one where one is asked for, since 1.3.1 clients send them so.
     *
     * @throws ApiException UNEXPECTED_ARGUMENT, MISSING_ARGUMENT or INVALID_ARGUMENT naming the argument
     */
    public static Map<String, Object> check(MethodSpec method, Map<String, Object> arguments) {
        TreeSet<String> unexpected = new TreeSet<>(arguments.keySet());
        method.params().forEach(p -> unexpected.remove(p.name()));
        if (!unexpected.isEmpty()) {
            throw new ApiException(ErrorCode.UNEXPECTED_ARGUMENT, "Unexpected arguments " + unexpected,
                    "'" + method.name() + "' takes " + names(method) + ".");
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        for (ParamSpec param : method.params()) {
            Object value = arguments.get(param.name());
            if (value == null) {
                value = param.defaultValue();
            }
            if (value != null) {
                checked.put(param.name(), convert(param, value));
            } else if (param.required()) {
                throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + param.name() + "\"",
                        "Give it: " + help(param));
            }
        }
        return checked;
    }

    private static Object convert(ParamSpec param, Object value) {
        Object converted = switch (param.type()) {
            case "integer" -> integer(value);
            case "boolean" -> bool(value);
            case "string" -> value instanceof Map || value instanceof Collection ? null : value.toString();
            default -> value;
        };
        if (converted == null) {
            throw invalid(param, value, "is not " + (param.type().equals("integer") ? "an integer" : "a " + param.type()));
        }
        if (param.pattern() != null && !Pattern.matches(param.pattern(), converted.toString())) {
            throw invalid(param, value, "does not match " + param.pattern());
        }
        return converted;
    }

    private static Object integer(Object value) {
        try {
            long number = value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue()) ? n.longValue()
                    : Long.parseLong(value.toString().strip());
            return number == (int) number ? (Object) (int) number : (Object) number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Boolean bool(Object value) {
        return switch (value.toString().strip().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "on", "yes", "1" -> Boolean.TRUE;
            case "false", "off", "no", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static ApiException invalid(ParamSpec param, Object value, String why) {
        if (param.secret()) {
            return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + param.name() + " is not as it must be.", "Correct it: " + help(param));
        }
        String shown = value.toString().length() > 60 ? value.toString().substring(0, 60) + "…" : value.toString();
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + param.name() + " '" + shown + "' " + why + ".",
                "Correct it: " + help(param));
    }

    private static String help(ParamSpec param) {
        return param.help() == null ? param.type() : param.help();
    }

    private static String names(MethodSpec method) {
        return method.params().isEmpty() ? "no arguments" : String.join(", ", method.params().stream().map(ParamSpec::name).toList());
    }
}
