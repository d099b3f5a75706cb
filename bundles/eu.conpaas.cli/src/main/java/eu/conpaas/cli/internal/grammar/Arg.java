package eu.conpaas.cli.internal.grammar;

/**
 * A positional argument.
 *
 * @param name     as shown in the usage text
 * @param required whether it must be given
 * @param rest     whether it takes all that follow
 * @param help     one sentence
 */
public record Arg(String name, boolean required, boolean rest, String help) {
    /** As it stands in a usage line. */
    public String label() {
        String label = rest ? name + "..." : name;
        return required ? label : "[" + label + "]";
    }
}
