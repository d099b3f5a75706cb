package eu.conpaas.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a service shall be: the one document the director stores, by version, and everybody works towards.
 *
 * @param version      grows by one with each accepted change
 * @param goal         whether the service shall be there, run, or be gone
 * @param counts       role id to the counter the user sees (for packed roles 0, see the service's descriptor); kept while stopped
 * @param placement    nodes and their roles; empty while stopped
 * @param codeVersion  active code version id, or null for a service without code
 * @param previousCode the version that was active before, for roll-back, or null
 * @param settings     values the user has set, by setting id; defaults are in the descriptor
 * @param environment  environment variables of the application
 * @param startupScript content hash of the start-up script for nodes made later, or null
 * @param data         anything else a service type keeps, by key of its own choice; see {@link #SECRET} and {@link #REQUEST}
 */
public record DesiredState(long version, Goal goal, Map<String, Integer> counts, List<Placement> placement,
        String codeVersion, String previousCode, Map<String, String> settings, Map<String, String> environment,
        String startupScript, Map<String, String> data) {

    /** Start of keys in {@code data} whose values only the service's nodes may know; no answer to users has them. */
    public static final String SECRET = "secret.";
    /** Start of keys in {@code data} that tell the steps of one operation what was asked for; they go when it ends. */
    public static final String REQUEST = "request.";

    /** What is wanted of a service as a whole. */
    public enum Goal { CREATED, RUNNING, STOPPED, TERMINATED }

    public DesiredState {
        counts = sorted(counts);
        placement = placement == null ? List.of() : List.copyOf(placement);
        settings = sorted(settings);
        environment = sorted(environment);
        data = sorted(data);
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return map == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** The state of a service that has just been asked for. */
    public static DesiredState initial(Map<String, Integer> counts, String codeVersion) {
        return new DesiredState(1, Goal.CREATED, counts, List.of(), codeVersion, null, Map.of(), Map.of(), null, Map.of());
    }

    public DesiredState withVersion(long newVersion) {
        return new DesiredState(newVersion, goal, counts, placement, codeVersion, previousCode, settings, environment, startupScript, data);
    }

    public DesiredState withGoal(Goal newGoal) {
        return new DesiredState(version, newGoal, counts, placement, codeVersion, previousCode, settings, environment, startupScript, data);
    }

    public DesiredState withCounts(Map<String, Integer> newCounts) {
        return new DesiredState(version, goal, newCounts, placement, codeVersion, previousCode, settings, environment, startupScript, data);
    }

    public DesiredState withPlacement(List<Placement> newPlacement) {
        return new DesiredState(version, goal, counts, newPlacement, codeVersion, previousCode, settings, environment, startupScript, data);
    }

    /** Makes another version active and remembers the present one for roll-back. */
    public DesiredState withCode(String newVersion) {
        return new DesiredState(version, goal, counts, placement, newVersion, codeVersion, settings, environment, startupScript, data);
    }

    public DesiredState withSettings(Map<String, String> newSettings) {
        return new DesiredState(version, goal, counts, placement, codeVersion, previousCode, newSettings, environment, startupScript, data);
    }

    public DesiredState withEnvironment(Map<String, String> newEnvironment) {
        return new DesiredState(version, goal, counts, placement, codeVersion, previousCode, settings, newEnvironment, startupScript, data);
    }

    public DesiredState withStartupScript(String hash) {
        return new DesiredState(version, goal, counts, placement, codeVersion, previousCode, settings, environment, hash, data);
    }

    public DesiredState withData(Map<String, String> newData) {
        return new DesiredState(version, goal, counts, placement, codeVersion, previousCode, settings, environment, startupScript, newData);
    }

    /** Without what users must not see. */
    public DesiredState shown() {
        return without(SECRET);
    }

    /** Without what was only for the operation that led here. */
    public DesiredState settled() {
        return without(REQUEST);
    }

    private DesiredState without(String prefix) {
        Map<String, String> kept = new TreeMap<>(data);
        kept.keySet().removeIf(key -> key.startsWith(prefix));
        return kept.size() == data.size() ? this : withData(kept);
    }

    /** Nodes that have the role, in placement order. */
    public List<String> nodesWith(String role) {
        return placement.stream().filter(p -> p.has(role)).map(Placement::node).toList();
    }
}
