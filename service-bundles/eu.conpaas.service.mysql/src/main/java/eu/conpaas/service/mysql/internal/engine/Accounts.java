package eu.conpaas.service.mysql.internal.engine;

import java.util.ArrayList;
import java.util.List;

/** SQL for the accounts of a service's databases; run on the server that is written to, from where replicas get it. Each list may be run again. */
public final class Accounts {
    /** The account users of a service have. */
    public static final String USER = "mysqldb";
    /**
     * All rights on all databases and accounts, but none with which replicas would stop to follow, backups would have gaps or the node's files could be read:
     * no SUPER, FILE, SHUTDOWN, nor administration of replication and of the binary log. With RELOAD comes RESET MASTER, which deletes that log.
     */
    private static final String RIGHTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES,"
            + " CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER,"
            + " DELETE HISTORY, BINLOG MONITOR, SLAVE MONITOR, SET USER, CONNECTION ADMIN";

    private Accounts() {
    }

    /** The user's account with this password. @param hash see {@link PasswordHash} */
    public static List<String> user(String name, String hash) {
        String account = account(name);
        List<String> statements = new ArrayList<>(withHash(account, hash));
        statements.add("GRANT " + RIGHTS + " ON *.* TO " + account + " WITH GRANT OPTION");
        return statements;
    }

    /** An account replicas follow their master by. */
    public static List<String> replication(String name, String hash) {
        String account = account(name);
        List<String> statements = new ArrayList<>(withHash(account, hash));
        statements.add("GRANT REPLICATION SLAVE ON *.* TO " + account);
        return statements;
    }

    /** No account of this name. */
    public static List<String> none(String name) {
        return List.of("DROP USER IF EXISTS " + account(name));
    }

    private static List<String> withHash(String account, String hash) {
        if (!PasswordHash.isHash(hash)) {
            throw new IllegalArgumentException("no hash of a password");
        }
        String how = " IDENTIFIED VIA mysql_native_password USING '" + hash + "'";
        return List.of("CREATE USER IF NOT EXISTS " + account + how, "ALTER USER " + account + how);
    }

    private static String account(String name) {
        return Sql.name(name) + "@'%'";
    }
}
