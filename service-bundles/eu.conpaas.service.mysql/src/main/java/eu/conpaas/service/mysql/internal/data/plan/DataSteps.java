package eu.conpaas.service.mysql.internal.data.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.data.DataNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steps of changes that leave the nodes as they are. What can fail comes before the switch:
 *
 * <pre>
 * password, settings:  set on the running servers
 * dump, backup:        one step that leads users nowhere; it fails or is cancelled without a trace on the service
 * restore:             prepare beside the data in use ▸ PUT BACK ▸ refill each replica ▸ back up the new beginning
 * </pre>
 */
public final class DataSteps {
    private final DesiredState from;
    private final DesiredState to;
    private final List<PlanStep> steps = new ArrayList<>();

    public DataSteps(DesiredState from, DesiredState to) {
        this.from = from;
        this.to = to;
    }

    /** Empty if nothing has to be done at once. */
    public List<PlanStep> all() {
        if (to.goal() != Goal.RUNNING || from.goal() != Goal.RUNNING) {
            return steps;
        }
        String master = to.nodesWith(Names.MASTERS).stream().findFirst().orElse(null);
        Map<String, String> data = to.data();
        if (!accounts(from).equals(accounts(to))) {
            add(DataNames.SET_ACCOUNT, master, "Set the password", true, 0.5);
        }
        if (!from.settings().equals(to.settings())) {
            add(DataNames.SETTINGS, master, "Change the settings of the servers", true, 0.5);
        }
        if (data.containsKey(DataNames.DUMP)) {
            add(DataNames.LOAD, master, "Load " + data.get(DataNames.DUMP_NAME), false, Long.parseLong(data.get(DataNames.DUMP_SIZE)) / 5e6);
        }
        if (data.containsKey(DataNames.DESCRIPTION)) {
            add(DataNames.MAKE_BACKUP, master, "Back up the databases", false, 5);
        }
        if (data.containsKey(DataNames.DELETE)) {
            add(DataNames.DELETE_BACKUP, master, "Delete the backup " + data.get(DataNames.DELETE), true, 0.5);
        }
        if (data.containsKey(DataNames.BACKUP)) {
            restore(master);
        }
        return steps;
    }

    /** Whether the change asks for work on data. */
    public static boolean isAsked(DesiredState to) {
        return to.data().keySet().stream().anyMatch(key -> key.startsWith(DesiredState.REQUEST));
    }

    private static Map<String, String> accounts(DesiredState state) {
        Map<String, String> accounts = new java.util.TreeMap<>(state.data());
        accounts.keySet().removeIf(key -> !key.startsWith(DataNames.ACCOUNT));
        return accounts;
    }

    private void restore(String master) {
        add(DataNames.PREPARE, master, "Prepare the databases as they were", false, 10);
        add(DataNames.PUT_BACK, master, "Put them in place", true, 3);
        to.nodesWith(Names.SLAVES).forEach(slave -> add(DataNames.REFILL, slave, "Clone them to " + slave, false, 4));
        add(DataNames.AFTERWARDS, master, "Back up the new beginning", false, 5);
    }

    private void add(String kind, String node, String title, boolean isSwitch, double seconds) {
        String role = node == null || to.nodesWith(Names.MASTERS).contains(node) ? Names.MASTERS : Names.SLAVES;
        steps.add(new PlanStep(kind + ":" + node, Actor.MANAGER, kind, title, node, role, isSwitch, seconds));
    }
}
