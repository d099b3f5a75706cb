package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.PlanStep;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.data.DataNames;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps that are about the data of the databases. */
public final class DataSteward {
    private static final Logger LOG = LoggerFactory.getLogger(DataSteward.class);
    static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration MOVE = Duration.ofMinutes(2);
    private final Hands hands;

    public DataSteward(Hands hands) {
        this.hands = hands;
    }

    /** Carries out a step. @return false if it is of another kind */
    public boolean step(PlanStep step, Situation situation) throws InterruptedException {
        switch (step.kind()) {
            case DataNames.SET_ACCOUNT -> account(situation, true);
            case DataNames.SETTINGS -> settings(situation);
            case DataNames.LOAD -> load(step, situation);
            case DataNames.MAKE_BACKUP -> task(step, situation).run("backup", backup(situation, "b" + ending(situation), data(situation, DataNames.DESCRIPTION), false));
            case DataNames.DELETE_BACKUP -> delete(step, situation);
            case DataNames.PREPARE -> prepare(step, situation);
            case DataNames.PUT_BACK -> putBack(situation);
            case DataNames.REFILL -> hands.refill(situation.assignment().node(step.node()), situation);
            case DataNames.AFTERWARDS -> afterwards(step, situation);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes back a step. @return false if it is of another kind */
    public boolean undo(PlanStep step, Situation situation) {
        switch (step.kind()) {
            case DataNames.LOAD, DataNames.MAKE_BACKUP -> ended(step, situation);
            case DataNames.PREPARE -> {
                if (ended(step, situation)) {
                    call(node(step, situation), "restore_forget", Map.of(), MOVE, situation);
                }
            }
            case DataNames.SET_ACCOUNT, DataNames.SETTINGS, DataNames.DELETE_BACKUP, DataNames.PUT_BACK, DataNames.REFILL, DataNames.AFTERWARDS -> {
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean ended(PlanStep step, Situation situation) {
        boolean lives = !situation.assignment().dead().contains(step.node())
                && situation.assignment().nodes().stream().anyMatch(n -> n.id().equals(step.node()) && n.address() != null);
        if (lives) {
            task(step, situation).cancel();
        }
        return lives;
    }

    private static NodeView node(PlanStep step, Situation situation) {
        return situation.assignment().node(step.node());
    }

    private static RemoteTask task(PlanStep step, Situation situation) {
        return new RemoteTask(situation.assignment().operation().id() + "-" + step.kind(), node(step, situation), situation);
    }

    static Map<String, Object> call(NodeView node, String method, Map<String, Object> arguments, Duration deadline, Situation situation) {
        return situation.agents().call(node, method, arguments, deadline);
    }

    private static String data(Situation situation, String key) {
        return situation.to().data().getOrDefault(key, "");
    }

    private static String ending(Situation situation) {
        String id = situation.assignment().operation().id();
        return id.substring(id.indexOf('-') + 1);
    }

    static int history(DesiredState state) {
        return Integer.parseInt(state.data().getOrDefault(DataNames.HISTORY, "0"));
    }

    /** Makes the accounts be there. @param force whether their passwords are set even if they are */
    private void account(Situation situation, boolean force) {
        String hash = data(situation, DataNames.ACCOUNT + Accounts.USER);
        if (!hash.isEmpty()) {
            call(hands.master(situation), "user_account", Map.of("user", Accounts.USER, "hash", hash, "force", force), SHORT, situation);
        }
    }

    /** Makes the database be there that a setting names. */
    private void database(Situation situation) {
        String name = situation.to().settings().getOrDefault(DataNames.DATABASE, "");
        if (!name.isEmpty()) {
            call(hands.master(situation), "database", Map.of("name", name), SHORT, situation);
        }
    }

    /** Makes be there what the service is to have: the user's account, and the database that a setting names. */
    public void provide(Situation situation) {
        account(situation, false);
        database(situation);
    }

    private void settings(Situation situation) {
        hands.slaves(situation).forEach(node -> hands.configure(node, situation));
        hands.configure(hands.master(situation), situation);
        database(situation);
    }

    private static void load(PlanStep step, Situation situation) {
        task(step, situation).run("load_dump", Map.of("hash", data(situation, DataNames.DUMP), "name", data(situation, DataNames.DUMP_NAME)));
    }

    static Map<String, Object> backup(Situation situation, String id, String description, boolean automatic) {
        return Map.of("id", id, "description", description, "history", history(situation.to()), "automatic", automatic);
    }

    private static void delete(PlanStep step, Situation situation) {
        try {
            call(node(step, situation), "delete_backup", Map.of("backup", data(situation, DataNames.DELETE)), MOVE, situation);
        } catch (ApiException e) {
            // done before, or never there: it is not there, which is what was asked for
            if (e.error().code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            situation.progress().accept(e.error().cause());
        }
    }

    private static void prepare(PlanStep step, Situation situation) {
        NodeView node = node(step, situation);
        call(node, "archive", Map.of("history", history(situation.from())), MOVE, situation);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("backup", data(situation, DataNames.BACKUP));
        arguments.put("time", data(situation, DataNames.TIME));
        arguments.put("mark", ending(situation));
        task(step, situation).run("restore", arguments);
    }

    private void putBack(Situation situation) throws InterruptedException {
        NodeView master = hands.master(situation);
        hands.end(situation);
        call(master, "put_back", Map.of("mark", ending(situation)), MOVE, situation);
        hands.renew(master, situation);
        account(situation, true);
        database(situation);
    }

    /** The databases are back: that the first backup of their new history fails is said, and no reason to call them lost. */
    private static void afterwards(PlanStep step, Situation situation) {
        try {
            task(step, situation).run("backup", backup(situation, "r" + ending(situation), "after a restore", true));
        } catch (ApiException e) {
            if (e.error().code() == ErrorCode.STALE_EPOCH || e.error().code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            LOG.warn("no backup after the restore: {}", e.getMessage());
            situation.progress().accept("No backup of the new beginning: " + e.error().cause());
        }
        call(node(step, situation), "restore_forget", Map.of(), MOVE, situation);
    }
}
