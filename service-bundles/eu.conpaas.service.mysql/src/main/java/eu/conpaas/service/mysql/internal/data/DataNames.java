package eu.conpaas.service.mysql.internal.data;

import eu.conpaas.api.DesiredState;

/** Names that planner, manager and agent share about accounts, dumps and backups. */
public final class DataNames {
    /** Key of the hash of an account's password, followed by the account's name. */
    public static final String ACCOUNT = DesiredState.SECRET + "account.";
    /** Number of times the databases have been put back; each begins a history of its own. */
    public static final String HISTORY = "backup.history";
    /** What the steps of one operation are about. */
    public static final String DUMP = DesiredState.REQUEST + "dump";
    public static final String DUMP_NAME = DesiredState.REQUEST + "dump.name";
    public static final String DUMP_SIZE = DesiredState.REQUEST + "dump.size";
    public static final String DESCRIPTION = DesiredState.REQUEST + "backup.description";
    public static final String BACKUP = DesiredState.REQUEST + "backup";
    public static final String TIME = DesiredState.REQUEST + "backup.time";
    public static final String DELETE = DesiredState.REQUEST + "backup.delete";

    /** Settings that are not the server's. */
    public static final String DATABASE = "database";
    public static final String BACKUP_EVERY = "backup_every";
    public static final String BACKUP_KEEP = "backup_keep";

    /** Kinds of steps. */
    public static final String SET_ACCOUNT = "set-account";
    public static final String SETTINGS = "settings";
    public static final String LOAD = "load-dump";
    public static final String MAKE_BACKUP = "backup";
    public static final String DELETE_BACKUP = "delete-backup";
    public static final String PREPARE = "prepare-restore";
    public static final String PUT_BACK = "put-back";
    public static final String REFILL = "refill";
    public static final String AFTERWARDS = "backup-restored";

    private DataNames() {
    }
}
