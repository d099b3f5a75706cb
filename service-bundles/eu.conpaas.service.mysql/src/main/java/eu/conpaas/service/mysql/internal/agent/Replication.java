package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.doc.Gtid;
import eu.conpaas.service.mysql.internal.doc.ServerState;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.PasswordHash;
import eu.conpaas.service.mysql.internal.engine.Sql;
import eu.conpaas.service.supervise.AtomicFiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What makes a server master or replica. All of it may be repeated. Nothing here is decided: the manager says who is what.
 *
 * <p>A master acknowledges a commit only when a replica has it ({@code AFTER_SYNC}, without time limit). What a replica has received counts, so before
 * a replica is compared with others or made master it stops receiving and carries out what it has.
 */
final class Replication {
    /** Accounts replicas sign in with; one for each replica. */
    private static final String ACCOUNT = "conpaas_replica_";
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final int POLL_MS = 20;
    private final MariaServer server;
    private final Member member;

    Replication(MariaServer server, Member member) {
        this.server = server;
        this.member = member;
    }

    /**
     * What a server does with the end of its log when it comes back after a crash. With replicas it drops what was under way: one of them may have become
     * master without it, and what was acknowledged they have. Alone it keeps everything, and so it does when it begins on data that another node has left.
     */
    void onCrash() throws IOException {
        Member.Note note = member.isThere() ? member.note() : Member.Note.NEW;
        if (!server.place().recovery().toFile().exists()) {
            recovery(note.lead() > 0);
        }
    }

    private void recovery(boolean keep) throws IOException {
        AtomicFiles.write(server.place().recovery(), ("[mysqld]\ninit-rpl-role = " + (keep ? "MASTER" : "SLAVE") + "\n").getBytes(StandardCharsets.UTF_8),
                server.place().user());
    }

    private Sql sql() throws IOException {
        return server.sql().within(SHORT);
    }

    ServerState state() throws IOException {
        boolean there = member.isThere();
        Member.Note note = there ? member.note() : Member.Note.NEW;
        try {
            Map<String, String> own = sql().row("SELECT @@global.read_only AS ro, @@global.rpl_semi_sync_master_enabled AS semi, @@global.gtid_binlog_pos AS logged, @@global.gtid_slave_pos AS received,"
                    + " (SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'RPL_SEMI_SYNC_MASTER_CLIENTS') AS clients");
            Map<String, String> slave = slave();
            return new ServerState(true, "0".equals(own.get("ro")), "1".equals(own.get("semi")), number(own.get("clients"), 0), Gtid.later(own.get("logged"), own.get("received")),
                    slave.get("Master_Host"), "Yes".equals(slave.get("Slave_IO_Running")), "Yes".equals(slave.get("Slave_SQL_Running")), hasApplied(slave),
                    error(slave), number(slave.get("Seconds_Behind_Master"), -1), there, note.solo());
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.UNAVAILABLE && e.error().code() != ErrorCode.TIMEOUT) {
                throw e;
            }
            return ServerState.down(there, note.solo());
        }
    }

    private Map<String, String> slave() throws IOException {
        return sql().row("SHOW SLAVE STATUS");
    }

    private static String error(Map<String, String> slave) {
        String io = text(slave.get("Last_IO_Error"));
        String sql = text(slave.get("Last_SQL_Error"));
        return io.isEmpty() && sql.isEmpty() ? null : (sql.isEmpty() ? io : sql);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static int number(String value, int fallback) {
        return value == null || !value.matches("\\d{1,9}") ? fallback : Integer.parseInt(value);
    }

    /**
     * Takes no more writes and receives nothing more: from now on nobody's commit is acknowledged by this server's help. Waits until what was received is
     * carried out.
     *
     * @param patience whether a server that does not answer is waited for; else it is said at once
     * @return position it is at
     */
    String hold(Duration within, boolean patience) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        Map<String, String> slave = stopped(deadline, patience);
        while ("Yes".equals(slave.get("Slave_SQL_Running")) && !hasApplied(slave)) {
            pause(deadline, "The server has not yet carried out all it has received.");
            slave = slave();
        }
        return position();
    }

    private Map<String, String> stopped(long deadline, boolean patience) throws IOException {
        while (true) {
            try {
                return sql().row("SET GLOBAL read_only = 1;\nSTOP SLAVE IO_THREAD;\nSHOW SLAVE STATUS");
            } catch (ApiException e) {
                if (e.error().code() != ErrorCode.UNAVAILABLE || !patience) {
                    throw e;
                }
                pause(deadline, "The server does not come up.");
            }
        }
    }

    /** What is in its own log, or, before it has one, what it has received. */
    private String position() throws IOException {
        Map<String, String> both = sql().row("SELECT @@global.gtid_binlog_pos AS logged, @@global.gtid_slave_pos AS received");
        return Gtid.later(both.get("logged"), both.get("received"));
    }

    /** A transaction received in part is never finished: then the server itself says that it waits for more. */
    private static boolean hasApplied(Map<String, String> slave) {
        return text(slave.get("Slave_SQL_Running_State")).startsWith("Slave has read all relay log")
                || text(slave.get("Master_Log_File")).equals(slave.get("Relay_Master_Log_File"))
                && text(slave.get("Read_Master_Log_Pos")).equals(slave.get("Exec_Master_Log_Pos"));
    }

    private static void pause(long deadline, String late) {
        if (System.nanoTime() > deadline) {
            throw new ApiException(ErrorCode.UNAVAILABLE, late, "Try again in a moment.");
        }
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("no longer wanted");
        }
    }

    /** Makes an account for one replica, on this server only: it is not replicated, and made anew with each new master. */
    void account(String replica, String password) throws IOException {
        List<String> statements = new ArrayList<>(List.of("SET SESSION sql_log_bin = 0"));
        statements.addAll(Accounts.replication(name(replica), PasswordHash.of(password)));
        sql().run(statements);
    }

    private static String name(String replica) {
        return ACCOUNT + replica;
    }

    /** Follows a master from where this server is. @param self id of this node */
    void follow(String self, String address, String password) throws IOException {
        if (!address.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("no address: " + address);
        }
        Member.Note note = member.note();
        String position = position();
        List<String> statements = new ArrayList<>(List.of("SET GLOBAL read_only = 1", "SET GLOBAL rpl_semi_sync_master_enabled = 0", "STOP SLAVE"));
        if (note.cloned() != null && Gtid.sequence(position) <= Gtid.sequence(note.cloned())) {
            position = Gtid.checked(note.cloned());
            statements.addAll(beginAt(position));
        }
        statements.add("SET GLOBAL gtid_slave_pos = " + Sql.literal(Gtid.checked(position)));
        statements.add("CHANGE MASTER TO MASTER_HOST = " + Sql.literal(address) + ", MASTER_PORT = " + Names.PORT + ", MASTER_USER = " + Sql.literal(name(self))
                + ", MASTER_PASSWORD = " + Sql.literal(password) + ", MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 2, MASTER_USE_GTID = slave_pos");
        statements.add("START SLAVE");
        sql().within(Duration.ofSeconds(60)).run(statements);
        recovery(false);
        if (note.cloned() != null || note.solo()) {
            member.note(new Member.Note(note.lead(), false, null));
        }
    }

    /** The log of a copy begins where the copy was taken, and says so: whoever stands just there can go on with it. */
    private static List<String> beginAt(String position) {
        return List.of("RESET MASTER", "SET GLOBAL gtid_binlog_state = " + Sql.literal(position), "FLUSH BINARY LOGS");
    }

    /** Waits until this server has carried out everything up to a position. @return whether it has, within the time */
    boolean reached(String gtid, int seconds) throws IOException {
        return "0".equals(server.sql().within(Duration.ofSeconds(seconds + 10L)).value("SELECT MASTER_GTID_WAIT(" + Sql.literal(Gtid.checked(gtid)) + ", " + seconds + ")"));
    }

    /**
     * Becomes master.
     *
     * @param term number of this leadership, higher than those before
     * @param semi whether commits wait for a replica
     */
    void lead(long term, boolean semi) throws IOException {
        member.note(new Member.Note(term, !semi, null));
        recovery(!semi);
        List<String> statements = new ArrayList<>(List.of("STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL rpl_semi_sync_master_enabled = " + (semi ? 1 : 0),
                "SET GLOBAL read_only = 0"));
        sql().within(Duration.ofSeconds(60)).run(statements);
    }

    /** Whether commits of this master wait for a replica. That they do not is noted before the first is acknowledged. */
    void semi(boolean on) throws IOException {
        Member.Note note = member.note();
        if (!on) {
            member.note(new Member.Note(note.lead(), true, null));
            recovery(true);
        }
        sql().run("SET GLOBAL rpl_semi_sync_master_enabled = " + (on ? 1 : 0));
        if (on) {
            recovery(false);
            member.note(new Member.Note(note.lead(), false, null));
        }
    }

    /** Takes no more writes. */
    void unlead() throws IOException {
        sql().within(Duration.ofSeconds(60)).run("SET GLOBAL read_only = 1");
    }
}
