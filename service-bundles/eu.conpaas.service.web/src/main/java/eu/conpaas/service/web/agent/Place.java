package eu.conpaas.service.web.agent;

import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.SocketFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The node's folders and programs as the engines see them. */
public final class Place {
    /** Longest path that fits a unix socket's name together with the suffix HAProxy adds while it binds. */
    private final AgentContext context;
    private final EngineUser user;

    public Place(AgentContext context) {
        this.context = context;
        this.user = new EngineUser(context.engineUser());
    }

    public String address() {
        return context.node().address();
    }

    public EngineUser user() {
        return user;
    }

    public AgentContext context() {
        return context;
    }

    /** A folder of the engines' user below the node's own. */
    public Path folder(String name) throws IOException {
        Path folder = context.folder().resolve(name);
        user.folder(folder);
        return folder;
    }

    public Path log(String name) throws IOException {
        return folder("log").resolve(name);
    }

    /** Where releases lie. */
    public Path releases() throws IOException {
        return folder("www");
    }

    /** Where files lie that applications write and that are kept: in the folder the nodes share, or in the node's own where there is none. */
    public Path files() throws IOException {
        Path shared = context.sharedFolder();
        Path files = (shared == null ? context.folder() : shared).resolve("files");
        user.folder(files);
        return files;
    }

    /** A unix socket; in the node's own folder if its name is short enough. */
    public Path socket(String name) throws IOException {
        return SocketFolder.socket(folder("run").resolve(name + ".sock"), context.folder(), user);
    }

    /** The first of the programs that is installed. */
    public static String program(String... patterns) throws IOException {
        for (String folder : List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")) {
            for (String pattern : patterns) {
                try (Stream<Path> found = Files.isDirectory(Path.of(folder)) ? Files.list(Path.of(folder)) : Stream.empty()) {
                    var program = found.filter(p -> p.getFileName().toString().matches(pattern)).max(java.util.Comparator.naturalOrder());
                    if (program.isPresent()) {
                        return program.get().toString();
                    }
                }
            }
        }
        throw new eu.conpaas.api.ApiException(eu.conpaas.api.ErrorCode.STEP_FAILED, "The program " + patterns[0] + " is not installed on the node.",
                "Install the packages of the service type on the image its nodes are made from.");
    }
}
