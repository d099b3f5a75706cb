package eu.conpaas.service.git.internal;

import eu.conpaas.api.NodeContext;
import eu.conpaas.service.manager.GitLink;
import eu.conpaas.service.manager.ManagerAddOn;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ManagerAddOn.class)
public final class GitAddOn implements ManagerAddOn {
    @Override
    public Running start(NodeContext node, Path folder, GitLink director) {
        return new GitDoor(node, folder.resolve("git"), director);
    }
}
