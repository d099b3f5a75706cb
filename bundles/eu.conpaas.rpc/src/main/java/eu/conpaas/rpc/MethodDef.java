package eu.conpaas.rpc;

import java.util.List;
import java.util.Set;

import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;

/**
 * One method of a manager or agent.
 *
 * @param name    on the wire
 * @param verb    GET, POST or UPLOAD
 * @param params  parameters
 * @param open    whether other parameters are handed over too (count per role of {@code add_nodes}, say) instead of being refused
 * @param help    one sentence
 * @param handler what it does
 */
public record MethodDef(String name, String verb, List<ParamDef> params, boolean open, String help, Handler handler) {
    private static final Set<String> VERBS = Set.of("GET", "POST", "UPLOAD");

    public MethodDef {
        params = List.copyOf(params);
        if (!VERBS.contains(verb)) {
            throw new IllegalArgumentException("method " + name + ": verb " + verb + " is none of " + VERBS);
        }
    }

    /** From a descriptor. */
    public static MethodDef of(MethodSpec spec, Handler handler) {
        return new MethodDef(spec.name(), spec.verb(), spec.params().stream().map(MethodDef::param).toList(), false, spec.help(), handler);
    }

    private static ParamDef param(ParamSpec spec) {
        ParamDef.Type type = switch (spec.type()) {
            case "integer" -> ParamDef.Type.INTEGER;
            case "boolean" -> ParamDef.Type.BOOLEAN;
            case "string" -> ParamDef.Type.STRING;
            case "file" -> ParamDef.Type.FILE;
            case "object" -> ParamDef.Type.OBJECT;
            default -> ParamDef.Type.ANY;
        };
        return new ParamDef(spec.name(), type, spec.required(), spec.help());
    }
}
