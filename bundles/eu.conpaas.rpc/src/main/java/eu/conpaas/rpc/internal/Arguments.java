package eu.conpaas.rpc.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Upload;

/** Checks arguments against declared parameters. */
final class Arguments {
    private Arguments() {
    }

    /**
     * Checks.
     *
     * @param open whether undeclared ones pass
     * @throws ApiException MISSING_ARGUMENT, UNEXPECTED_ARGUMENT, INVALID_ARGUMENT
     */
    static void check(List<ParamDef> declared, boolean open, Map<String, String> variables, Map<String, Object> params,
            Map<String, Upload> uploads) {
        for (ParamDef param : declared) {
            boolean file = param.type() == ParamDef.Type.FILE;
            boolean there = file ? uploads.containsKey(param.name())
                    : variables.containsKey(param.name()) || params.get(param.name()) != null;
            if (param.required() && !there) {
                throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + param.name() + "\"",
                        "Give it" + (param.help().isEmpty() ? "." : ": " + param.help()));
            }
            if (there && !file) {
                Object value = variables.containsKey(param.name()) ? variables.get(param.name()) : params.get(param.name());
                Convert.to(param, value);
            }
        }
        if (open) {
            return;
        }
        Predicate<String> known = name -> declared.stream().anyMatch(p -> p.name().equals(name));
        TreeSet<String> unknown = new TreeSet<>();
        params.keySet().stream().filter(known.negate()).forEach(unknown::add);
        uploads.keySet().stream().filter(known.negate()).forEach(unknown::add);
        if (!unknown.isEmpty()) {
            throw new ApiException(ErrorCode.UNEXPECTED_ARGUMENT, "Unexpected arguments " + String.join(", ", unknown),
                    "Leave them out.");
        }
    }
}
