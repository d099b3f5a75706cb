package eu.conpaas.tests.system;

import eu.conpaas.api.ServiceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A MySQL service as its users see it: by its address, through the client program. */
public final class Database {
    /** Port that leads to the master. */
    public static final int WRITES = 3306;
    /** Port that leads to replicas. */
    public static final int READS = 3307;
    /** Password of its user. */
    static final String PASSWORD = "quite a long secret";
    private final Platform platform;
    private final String type;
    private final long sid;
    private final String password;

    private Database(Platform platform, String type, long sid, String password) {
        this.platform = platform;
        this.type = type;
        this.sid = sid;
        this.password = password;
    }

    /** Makes and starts one, with a table to write to. */
    public static Database start(Platform platform) {
        return start(platform, "mysql");
    }

    /** The same of one of the types there are. */
    static Database start(Platform platform, String type) {
        Database database = new Database(platform, type, platform.create(type), PASSWORD);
        database.change("start");
        platform.cli().runWith(PASSWORD + "\n", type, "set_password", Long.toString(database.sid), "--password-stdin", "--wait").ok();
        Wait.until("the database answers", 60, () -> database.query(WRITES, "SELECT 1").equals("1"));
        database.query(WRITES, "CREATE DATABASE load_test; CREATE TABLE load_test.t (id BIGINT PRIMARY KEY)");
        return database;
    }

    /** One that is there already. */
    public static Database of(Platform platform, long sid) {
        return of(platform, sid, PASSWORD);
    }

    /** One that is there already, whose user has another password. */
    public static Database of(Platform platform, long sid, String password) {
        return new Database(platform, "mysql", sid, password);
    }

    public long sid() {
        return sid;
    }

    /** Makes a change and waits for its end. */
    public void change(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(type, command, Long.toString(sid)));
        words.addAll(List.of(arguments));
        platform.change(words.toArray(String[]::new));
    }

    /** Its address for reads. */
    public String reads() {
        return platform.service(sid).addresses().get("reads");
    }

    /** The service's address. */
    public String address() {
        return platform.service(sid).address();
    }

    /** The client program, signed in at one of the ports. */
    ProcessBuilder client(int port, String... options) {
        return client(address(), port, options);
    }

    /** The same at any address. */
    ProcessBuilder client(String host, int port, String... options) {
        List<String> command = new ArrayList<>(List.of("mariadb", "--no-defaults", "--host=" + host, "--port=" + port, "--user=mysqldb", "--batch",
                "--skip-column-names", "--connect-timeout=2"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MYSQL_PWD", password);
        return builder;
    }

    /** What statements answer. @throws IllegalStateException if one fails */
    public String query(int port, String statements) {
        return query(address(), port, statements);
    }

    /** The same at any address. */
    public String query(String host, int port, String statements) {
        try {
            Process process = client(host, port).redirectErrorStream(true).start();
            process.getOutputStream().write((statements + ";\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(out);
            }
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ids of the rows there are. */
    public Set<Long> rows() {
        Set<Long> ids = new TreeSet<>();
        query(WRITES, "SELECT id FROM load_test.t").lines().forEach(l -> ids.add(Long.valueOf(l)));
        return ids;
    }

    /** Ids of its nodes: the master's first. */
    public List<String> members() {
        List<String> found = new ArrayList<>();
        Matcher m = Pattern.compile("(master|slave) (?!url:)(\\S+): mysql://").matcher(platform.cli().run("info", Long.toString(sid)).ok());
        while (m.find()) {
            found.add(m.group(2));
        }
        return found;
    }

    /** A node as seen from outside. */
    public Node node(String id) {
        return platform.nodes(sid).stream().filter(n -> n.id().equals(id)).map(n -> Node.of(platform.folder(), n.vmid())).findFirst().orElseThrow();
    }

    /** Waits until the service runs and nothing is under way. */
    public void settled() {
        platform.settled();
        Wait.until("the service runs", 120, () -> platform.service(sid).state() == ServiceState.RUNNING);
    }
}
