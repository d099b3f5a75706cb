package eu.conpaas.rpc;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import eu.conpaas.api.ErrorCode;

/**
 * One line of the endpoint table, made from an {@link Expose} or in code.
 *
 * @param verbs     how it is called
 * @param path      see {@link Expose#path()}
 * @param access    who may
 * @param style     how it answers
 * @param falseFor  see {@link Expose#falseFor()}
 * @param params    parameters, path variables among them
 * @param open      see {@link Expose#open()}
 * @param maxUpload bytes, 0 for the server's limit
 * @param help      one sentence
 * @param result    type of the result, for the API document
 * @param handler   what it does
 */
public record Endpoint(Set<Verb> verbs, String path, Access access, Style style, Set<ErrorCode> falseFor, List<ParamDef> params, boolean open,
        long maxUpload, String help, java.lang.reflect.Type result, Handler handler) {

    public Endpoint {
        verbs = Set.copyOf(verbs);
        falseFor = Set.copyOf(falseFor);
        params = List.copyOf(params);
        Objects.requireNonNull(handler);
        if (access == null || access == Access.UNDECLARED) {
            throw new IllegalArgumentException("endpoint " + path + " does not say who may call it");
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with /: " + path);
        }
    }

    /** An endpoint of the new kind, in code. */
    public static Endpoint of(Verb verb, String path, Access access, String help, List<ParamDef> params, Handler handler) {
        return new Endpoint(Set.of(verb), path, access, Style.MODERN, Set.of(), params, false, 0, help, Object.class, handler);
    }

    /** Whether its body is multipart. */
    public boolean takesFiles() {
        return params.stream().anyMatch(p -> p.type() == ParamDef.Type.FILE);
    }
}
