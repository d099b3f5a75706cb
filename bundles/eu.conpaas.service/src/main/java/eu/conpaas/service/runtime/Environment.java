package eu.conpaas.service.runtime;

import eu.conpaas.api.NodeContext;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.Supervisor;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a node gives to the logic that runs on it, manager or agent.
 *
 * @param node    who it is
 * @param folders where its files are
 * @param user    user of engines
 * @param daemons runs them
 * @param cache   contents fetched from the director
 * @param keys    key and certificate, or null
 */
public record Environment(NodeContext node, NodeFolders folders, EngineUser user, LocalSupervisor daemons, ContentCache cache, KeyMaterial keys)
        implements AgentContext, ManagerContext {
    /** Of a node without a key. */
    public Environment(NodeContext node, NodeFolders folders, EngineUser user, LocalSupervisor daemons, ContentCache cache) {
        this(node, folders, user, daemons, cache, null);
    }

    @Override
    public Path folder() {
        return folders.engines();
    }

    @Override
    public Path sharedFolder() {
        return node.sharedFolder() == null ? null : Path.of(node.sharedFolder());
    }

    @Override
    public int engineUser() {
        return user.id();
    }

    @Override
    public Supervisor supervisor() {
        return daemons;
    }

    @Override
    public Path content(String sha256) throws IOException {
        return cache.get(sha256);
    }
}
