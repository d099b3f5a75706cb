package eu.conpaas.api;

/**
 * One step of a plan or operation. Carrying it out twice is the same as once.
 *
 * @param id       unique within the plan, the same whenever the plan is computed from the same input
 * @param actor    who carries it out
 * @param kind     what is done; the generic kinds are in {@link StepKind}, a service type may have its own
 * @param title    one line for people
 * @param node     node id or slot it is about, or null
 * @param role     role it is about, or null
 * @param isSwitch whether users are led to the new arrangement here: before it the operation is undone, from it on it goes forward
 * @param seconds  expected duration
 */
public record PlanStep(String id, Actor actor, String kind, String title, String node, String role, boolean isSwitch, double seconds) {
    /** Who carries out a step. */
    public enum Actor { DIRECTOR, MANAGER }

    public PlanStep withNode(String newNode) {
        return new PlanStep(id, actor, kind, title, newNode, role, isSwitch, seconds);
    }

    public PlanStep withSeconds(double newSeconds) {
        return new PlanStep(id, actor, kind, title, node, role, isSwitch, newSeconds);
    }
}
