package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.data.DataNames;
import eu.conpaas.service.mysql.internal.data.backup.Backup;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to the data at intervals: the account and the database that are wanted are there, the log goes to the archive, backups are made when they
 * are due, and old ones go. What it remembers is only what it need not do again at once.
 */
public final class DataCare {
    private static final Logger LOG = LoggerFactory.getLogger(DataCare.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final int EVERY = 24;
    private static final int KEEP = 7;
    private final DataSteward steward;
    private final Hands hands;
    private final BackupStore store;
    private String provided = "";
    private String running;
    private Instant notBefore = Instant.EPOCH;
    private int failures;
    private volatile String trouble;

    public DataCare(DataSteward steward, Hands hands, BackupStore store) {
        this.steward = steward;
        this.hands = hands;
        this.store = store;
    }

    /** Why the last scheduled backup could not be made, or null. */
    String trouble() {
        return trouble;
    }

    /** What fails now is tried again the next time; it never keeps the servers from being looked after. */
    public void converge(Situation situation) {
        try {
            NodeView master = hands.master(situation);
            provide(master, situation);
            if (store.isAvailable()) {
                archive(master, situation);
                schedule(master, situation);
            }
        } catch (ApiException e) {
            if (e.error().code() == ErrorCode.STALE_EPOCH) {
                throw e;
            }
            LOG.warn("data: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("backups cannot be read: {}", e.getMessage());
        }
    }

    private void provide(NodeView master, Situation situation) {
        String wanted = master.id() + " " + situation.to().version();
        if (!wanted.equals(provided)) {
            steward.provide(situation);
            provided = wanted;
        }
    }

    /** Without a backup of this history there is nothing that could be gone on from. */
    private void archive(NodeView master, Situation situation) throws IOException {
        int history = DataSteward.history(situation.to());
        if (store.list().stream().anyMatch(b -> b.history() == history)) {
            DataSteward.call(master, "archive", Map.of("history", history), Duration.ofMinutes(2), situation);
        }
    }

    private void schedule(NodeView master, Situation situation) throws IOException {
        expire(master, situation);
        if (running != null) {
            follow(master, situation);
            return;
        }
        Instant due = due(situation);
        if (due != null && !Instant.now().isBefore(due) && !Instant.now().isBefore(notBefore)) {
            // Another manager that finds it due calls it the same, so that it is made once.
            running = "s" + due.getEpochSecond() + (failures == 0 ? "" : "-" + failures);
            LOG.info("scheduled backup {} begins", running);
            new RemoteTask(running, master, situation).begin("backup", DataSteward.backup(situation, running, "scheduled", true));
        }
    }

    private void follow(NodeView master, Situation situation) {
        Map<String, Object> view = new RemoteTask(running, master, situation).look(0);
        if (view.get("state").equals("running")) {
            return;
        }
        running = null;
        try {
            RemoteTask.result(view);
            trouble = null;
            failures = 0;
        } catch (ApiException e) {
            trouble = e.error().cause();
            failures++;
            notBefore = Instant.now().plus(AFTER_FAILURE);
            LOG.warn("no scheduled backup: {}", trouble);
        }
    }

    /** When the next backup is to be made, or null for never. */
    private Instant due(Situation situation) throws IOException {
        int hours = number(situation, DataNames.BACKUP_EVERY, EVERY);
        List<Backup> backups = store.list();
        Instant last = backups.isEmpty() ? situation.assignment().service().created() : Instant.ofEpochSecond(backups.getFirst().time());
        return hours == 0 ? null : last.plus(Duration.ofHours(hours));
    }

    private void expire(NodeView master, Situation situation) throws IOException {
        int keep = number(situation, DataNames.BACKUP_KEEP, KEEP);
        for (Backup old : store.list().stream().filter(Backup::automatic).skip(keep).toList()) {
            LOG.info("backup {} has been kept long enough", old.id());
            DataSteward.call(master, "delete_backup", Map.of("backup", old.id()), Duration.ofMinutes(2), situation);
        }
    }

    private static int number(Situation situation, String setting, int fallback) {
        return Integer.parseInt(situation.to().settings().getOrDefault(setting, Integer.toString(fallback)));
    }
}
