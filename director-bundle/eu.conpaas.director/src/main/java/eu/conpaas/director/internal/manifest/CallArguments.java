package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ServiceDescriptor.CallSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fills in the arguments of a descriptor's calls. */
final class CallArguments {
    private CallArguments() {
    }

    /**
     * @param value  of the manifest's key
     * @param file   what was fetched, or null
     * @param answer of the call before
     */
    static Map<String, Object> of(CallSpec call, Object value, Object file, Map<String, Object> answer) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        call.arguments().forEach((name, text) -> {
            Object filled = switch (text.toString()) {
                case "${value}" -> value;
                case "${file}" -> file;
                case String t when t.startsWith("${value.") && value instanceof Map<?, ?> map -> map.get(t.substring("${value.".length(), t.length() - 1));
                case String t when t.startsWith("${") && t.endsWith("}") -> answer.get(t.substring(2, t.length() - 1));
                default -> text;
            };
            if (filled != null) {
                arguments.put(name, filled);
            }
        });
        return arguments;
    }
}
