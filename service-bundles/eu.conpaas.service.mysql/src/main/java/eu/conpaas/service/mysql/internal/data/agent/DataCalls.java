package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.mysql.internal.data.backup.Backup;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import eu.conpaas.service.mysql.internal.engine.Accounts;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.Sql;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent does with the data of its server, by calls of the manager. */
public final class DataCalls implements AutoCloseable {
    private final AgentContext context;
    private final MariaServer server;
    private final Tasks tasks;
    private final Dumps dumps;
    private final Figures figures;
    private final BackupStore store;
    private final Term term;

    /** Number of the leadership of this node's server. */
    public interface Term {
        long number() throws IOException;
    }

    public DataCalls(AgentContext context, MariaServer server, Term term) {
        this.context = context;
        this.server = server;
        this.term = term;
        this.tasks = new Tasks(context.folder().resolve("tasks"));
        this.dumps = new Dumps(server);
        this.figures = new Figures(server);
        this.store = new BackupStore(context.sharedFolder(), new EngineUser(context.engineUser()));
    }

    /**
     * Empty if the method is none of these. Long work begins by {@code load_dump} {task, hash, name}, {@code import} {task, hash}, {@code backup} {task, id,
     * description, history, automatic}, {@code restore} {task, backup, time, mark}; {@code task} {id, millis} tells of it, {@code task_cancel} {id} ends it.
     * At once: {@code user_account} {user, hash, force}, {@code database} {name}, {@code archive} {history} answers {until}, {@code prune}, {@code put_back}
     * {mark}, {@code restore_forget}, {@code delete_backup} {backup}, {@code figures}.
     */
    public Optional<Map<String, Object>> call(String method, Map<String, Object> arguments) throws Exception {
        return switch (method) {
            case "load_dump" -> {
                tasks.start(text(arguments, "task"), false, task -> load(text(arguments, "hash"), text(arguments, "name"), task));
                yield Optional.of(Map.of());
            }
            case "import" -> {
                tasks.start(text(arguments, "task"), true, task -> dumps.take(context.content(text(arguments, "hash")), task));
                yield Optional.of(Map.of());
            }
            case "backup" -> {
                tasks.start(text(arguments, "task"), true, task -> backup(arguments, task));
                yield Optional.of(Map.of());
            }
            case "restore" -> {
                tasks.start(text(arguments, "task"), true, task -> restorer().prepare(text(arguments, "backup"), time(text(arguments, "time")),
                        text(arguments, "mark"), task));
                yield Optional.of(Map.of());
            }
            case "task" -> Optional.of(tasks.view(text(arguments, "id"), number(arguments, "millis")));
            case "task_cancel" -> {
                tasks.cancel(text(arguments, "id"), 5000);
                yield Optional.of(Map.of());
            }
            case "user_account" -> {
                account(text(arguments, "user"), text(arguments, "hash"), Boolean.parseBoolean(text(arguments, "force")));
                yield Optional.of(Map.of());
            }
            case "database" -> {
                server.sql().run("CREATE DATABASE IF NOT EXISTS " + Sql.name(text(arguments, "name")));
                yield Optional.of(Map.of());
            }
            case "archive" -> Optional.of(Map.of("until", archiver().sync((int) number(arguments, "history"), term.number())));
            case "prune" -> {
                prune();
                yield Optional.of(Map.of());
            }
            case "put_back" -> {
                restorer().putInPlace(text(arguments, "mark"));
                yield Optional.of(Map.of());
            }
            case "restore_forget" -> {
                restorer().forget();
                yield Optional.of(Map.of());
            }
            case "delete_backup" -> {
                store.require().get(text(arguments, "backup"));
                store.delete(text(arguments, "backup"));
                prune();
                yield Optional.of(Map.of());
            }
            case "figures" -> Optional.of(new java.util.LinkedHashMap<>(figures.latest()));
            default -> Optional.empty();
        };
    }

    /** {@code sqldump} {database, compress}. */
    public Optional<Download> download(String method, Map<String, Object> arguments) throws IOException {
        return method.equals("sqldump") ? Optional.of(dumps.dump(text(arguments, "database"), text(arguments, "compress"))) : Optional.empty();
    }

    /** All databases, for an export. */
    public void export(OutputStream out) throws IOException {
        dumps.export(out);
    }

    /** Figures of the server since the last call. */
    public Map<String, Double> sample() throws IOException {
        return figures.sample();
    }

    private Map<String, Object> load(String hash, String name, Task task) throws IOException {
        Path file = context.content(hash);
        try {
            return dumps.load(file, name, task);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Map<String, Object> backup(Map<String, Object> arguments, Task task) throws IOException {
        int history = (int) number(arguments, "history");
        Backup backup = new BaseBackup(server, store.require()).make(new BaseBackup.Wanted(text(arguments, "id"), text(arguments, "description"), history,
                Boolean.parseBoolean(text(arguments, "automatic"))), task);
        archiver().sync(history, term.number());
        return backup.shown();
    }

    private void account(String user, String hash, boolean force) throws IOException {
        Sql sql = server.sql();
        if (force || sql.query("SELECT User FROM mysql.user WHERE User = " + Sql.literal(user) + " AND Host = '%'").isEmpty()) {
            // Nothing of it may stand in the log of slow queries.
            List<String> statements = new ArrayList<>(List.of("SET SESSION slow_query_log = 0"));
            statements.addAll(Accounts.user(user, hash));
            sql.run(statements);
        }
    }

    /** Drops the logs that no backup goes on from any more. */
    private void prune() throws IOException {
        Archive archive = new Archive(store.require().archive());
        List<Backup> backups = store.list();
        for (int history : archive.histories()) {
            archive.prune(history, backups.stream().filter(b -> b.history() == history).map(b -> Position.of(b.gtid()))
                    .min(java.util.Comparator.comparingLong(Position::sequence)).orElse(null));
        }
    }

    private Archiver archiver() {
        return new Archiver(server, new Archive(store.require().archive()), new EngineUser(context.engineUser()));
    }

    private Restorer restorer() {
        return new Restorer(server, store.require(), new Archive(store.archive()));
    }

    private static Instant time(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }

    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"" + name + "\"", "Give it.");
        }
        return value.toString();
    }

    private static long number(Map<String, Object> arguments, String name) {
        return Long.parseLong(text(arguments, name));
    }

    @Override
    public void close() {
        tasks.close();
    }
}
