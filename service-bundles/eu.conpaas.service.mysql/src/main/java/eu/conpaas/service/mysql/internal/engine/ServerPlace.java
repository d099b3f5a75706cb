package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.SocketFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a node's database server has its files, and the programs of MariaDB. */
public final class ServerPlace {
    /** No database can have this folder, since a {@code -} in its name is written differently on disk. */
    static final String BINLOGS = "binary-logs";

    /** Port of the server. */
    public static final int PORT = 3306;
    private static final List<String> PROGRAM_FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");
    private final AgentContext context;
    private final EngineUser user;
    private final Path data;

    /** @param data folder of tables and logs; need not exist yet */
    public ServerPlace(AgentContext context, Path data) {
        this.context = context;
        this.user = new EngineUser(context.engineUser());
        this.data = data;
    }

    /** With the data in the node's own folder. */
    public ServerPlace(AgentContext context) {
        this(context, context.folder().resolve("data"));
    }

    public AgentContext context() {
        return context;
    }

    public String address() {
        return context.node().address();
    }

    /** Who the server runs as. */
    public EngineUser user() {
        return user;
    }

    /** Tables, InnoDB's log and, in {@link #binlogs}, the binary log. */
    public Path data() {
        return data;
    }

    /** Binary and relay logs, beside the tables they belong to. */
    public Path binlogs() {
        return data.resolve(BINLOGS);
    }

    /** A folder of the server's user below the node's own. */
    public Path folder(String name) throws IOException {
        Path folder = context.folder().resolve(name);
        user.folder(folder);
        return folder;
    }

    /** The option file. */
    public Path options() throws IOException {
        return folder("etc").resolve("my.cnf");
    }

    /** Second option file, read after the first: what the server does with the end of its log when it comes back after a crash. */
    public Path recovery() throws IOException {
        return folder("etc").resolve("recovery.cnf");
    }

    public Path slowLog() throws IOException {
        return folder("log").resolve("slow.log");
    }

    /** The server's unix socket; in the node's own folder if its name is short enough. */
    public Path socket() throws IOException {
        return SocketFolder.socket(folder("run").resolve("mariadb.sock"), context.folder(), user);
    }

    /** Account of the database that this process has by being the system user it is; see {@code unix_socket} of MariaDB. */
    public static String account() {
        return System.getProperty("user.name");
    }

    /** Full path of a program. @throws ApiException STEP_FAILED if it is not installed */
    public static String program(String name) {
        return PROGRAM_FOLDERS.stream().map(f -> Path.of(f, name)).filter(Files::isExecutable).map(Path::toString).findFirst()
                .orElseThrow(() -> new ApiException(ErrorCode.STEP_FAILED, "The program " + name + " is not installed on the node.",
                        "Install the packages of the service type on the image its nodes are made from."));
    }
}
