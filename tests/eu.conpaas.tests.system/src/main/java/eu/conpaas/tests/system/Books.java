package eu.conpaas.tests.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a director's database and says what does not add up. */
public final class Books {
    private final Path database;

    public Books(Path database) {
        this.database = database;
    }

    /** Ids of VMs that node rows claim and that are not known to be gone. */
    public Set<String> vms() {
        return new TreeSet<>(column("SELECT vmid FROM node WHERE gone = 0 AND vmid IS NOT NULL"));
    }

    /** Nodes whose intent is stored and of which it is not known whether the cloud made them. */
    public List<String> unclear() {
        return column("SELECT id FROM node WHERE gone = 0 AND (vmid IS NULL OR state NOT IN ('READY'))");
    }

    /** Ids of operations that have not ended. */
    public List<String> open() {
        return column("SELECT id || ' ' || kind || ' ' || state FROM operation WHERE finished IS NULL");
    }

    /** What is wrong with the ledger; nothing, if it is exact. Right only for nodes that lived less than an hour. */
    public List<String> ledger() {
        List<String> wrong = new ArrayList<>();
        String holds = "(SELECT count(*) FROM ledger l WHERE l.node = n.id AND l.kind = 'HOLD')";
        String releases = "(SELECT count(*) FROM ledger l WHERE l.node = n.id AND l.kind = 'RELEASE')";
        String charges = "(SELECT count(*) FROM ledger l WHERE l.node = n.id AND l.kind = 'CHARGE')";
        wrong.addAll(column("SELECT 'held while gone: ' || id FROM node n WHERE gone = 1 AND " + holds + " <> " + releases));
        wrong.addAll(column("SELECT 'held while ready: ' || id FROM node n WHERE state = 'READY' AND " + holds + " <> " + releases));
        wrong.addAll(column("SELECT 'ready and unpaid: ' || id FROM node n WHERE state = 'READY' AND predecessor IS NULL AND " + charges + " <> 1"));
        wrong.addAll(column("SELECT 'charged more than once: ' || id FROM node n WHERE " + charges + " > 1"));
        wrong.addAll(column("SELECT 'charged though it never was ready: ' || id FROM node n WHERE state = 'FAILED' AND " + charges + " > 0"));
        wrong.addAll(column("SELECT 'a charge of a node that is not known: ' || node FROM ledger WHERE kind = 'CHARGE' AND node NOT IN (SELECT id FROM node)"));
        return wrong;
    }

    /** What is still kept for services that are gone, or of exports. History stays: operations, events, the audit log, the ledger. */
    public List<String> kept(Collection<Long> services) {
        String sids = services.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        List<String> kept = new ArrayList<>();
        for (String table : List.of("content_ref", "code_version", "git", "git_key", "git_ref", "git_pack")) {
            kept.addAll(column("SELECT '" + table + " of service ' || sid FROM " + table + " WHERE sid IN " + sids));
        }
        kept.addAll(column("SELECT 'listed: service ' || sid FROM service WHERE gone IS NULL AND sid IN " + sids));
        kept.addAll(column("SELECT 'secrets of service ' || sid FROM service WHERE secrets NOT IN ('', '{}') AND sid IN " + sids));
        kept.addAll(column("SELECT 'file of a job: ' || what FROM content_ref WHERE sid = 0"));
        kept.addAll(column("SELECT 'note of job ' || operation || ': ' || name FROM job_note"));
        kept.addAll(column("SELECT 'export ' || id FROM export UNION SELECT 'content of export ' || export FROM export_content"));
        return kept;
    }

    private List<String> column(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
