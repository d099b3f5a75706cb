package eu.conpaas.rpc;

/**
 * A parameter of an {@link Endpoint}.
 *
 * @param name     on the wire
 * @param type     what it is turned into
 * @param required whether the call is refused without it
 * @param help     one phrase
 */
public record ParamDef(String name, Type type, boolean required, String help) {
    /** Kinds of parameters as the API document shows them. */
    public enum Type { INTEGER, NUMBER, BOOLEAN, STRING, LIST, OBJECT, FILE, ANY }

    public static ParamDef of(String name, Type type) {
        return new ParamDef(name, type, true, "");
    }

    public static ParamDef optional(String name, Type type) {
        return new ParamDef(name, type, false, "");
    }
}
