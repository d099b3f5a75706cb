package eu.conpaas.service.git.internal;

import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.service.manager.ManagerAddOn;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A manager of a service that nobody has given a key, in a process of its own. */
final class IdleManager {
    private IdleManager() {
    }

    /** What such a process needs. */
    static String classPath() {
        return Stream.of(IdleManager.class, GitAddOn.class, ManagerAddOn.class, NodeContext.class, org.slf4j.Logger.class)
                .map(c -> Path.of(URI.create(c.getProtectionDomain().getCodeSource().getLocation().toString())).toString()).distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    public static void main(String[] args) {
        PlayedDirector director = new PlayedDirector(Path.of(args[0]));
        NodeContext node = new NodeContext("n-1", NodeKind.MANAGER, "php", 1, 1, 1, 1, "", "127.0.0.1", 0, null, 10, 1);
        try (ManagerAddOn.Running manager = new GitAddOn().start(node, Path.of(args[0], "add-ons"), director)) {
            director.join(manager::assigned);
            director.change("refs/heads/main", true, List.of());
            System.out.println(manager.info());
        }
    }
}
