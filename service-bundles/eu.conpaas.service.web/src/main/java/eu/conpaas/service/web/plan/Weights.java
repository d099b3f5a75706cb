package eu.conpaas.service.web.plan;

import eu.conpaas.api.DesiredState;

/** The share of requests each node gets, kept in the state's data. */
public final class Weights {
    /** Weight of a node nobody has set one for. */
    public static final int USUAL = 100;

    private Weights() {
    }

    static String key(String role, String node) {
        return "weight." + role + "." + node;
    }

    /** The node's weight, 1 to 256. */
    public static int of(DesiredState state, String role, String node) {
        String weight = state.data().get(key(role, node));
        return weight == null ? USUAL : Integer.parseInt(weight);
    }
}
