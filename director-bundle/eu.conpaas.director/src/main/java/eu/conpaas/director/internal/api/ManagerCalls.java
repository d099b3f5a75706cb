package eu.conpaas.director.internal.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.JsonRpc;

/** The director's calls to managers, for clients that do not reach them. A manager that has been replaced is not believed. */
public final class ManagerCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerCalls.class);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private final Database database;
    private final KeyMaterial keys;
    private final Trust trust;

    /** @param trust the installation's CA with its revocations */
    public ManagerCalls(Database database, KeyMaterial keys, Trust trust) {
        this.database = database;
        this.keys = keys;
        this.trust = trust;
    }

    /** What is done with a connection to a node. */
    @FunctionalInterface
    public interface Work<T> {
        T with(JsonRpc node);
    }

    /** Calls a query. @throws ApiException UNAVAILABLE while the manager is not there */
    public JsonNode call(Service service, MethodSpec spec, Map<String, Object> arguments) {
        return with(service, manager(service), manager -> spec.verb().equals("GET") ? manager.get(spec.name(), arguments) : manager.post(spec.name(), arguments));
    }

    /** Passes on the file a query answers with; it is asked for when the answer is written. */
    public Download download(Service service, MethodSpec spec, Map<String, Object> arguments) {
        Node found = manager(service);
        return new Download(spec.name(), "application/octet-stream", -1, out -> with(service, found, rpc -> {
            rpc.download(spec.name(), arguments, out);
            return null;
        }));
    }

    /** Logs of one node, or of all that are up; of all, those that do not answer are left out. */
    public List<LogName> logs(Service service, String node) {
        if (node != null) {
            return logs(service, up(service, node));
        }
        List<LogName> all = new ArrayList<>();
        for (Node found : database.read(s -> Nodes.ofService(s, service.sid())).stream().filter(n -> n.state() == NodeState.READY && n.port() > 0).toList()) {
            try {
                all.addAll(logs(service, found));
            } catch (ApiException e) {
                LOG.info("No list of logs from {}: {}", found.id(), e.error().cause());
            }
        }
        return all;
    }

    private List<LogName> logs(Service service, Node node) {
        List<LogName> names = new ArrayList<>();
        with(service, node, rpc -> rpc.get("logs", Map.of())).path("logs").forEach(l -> names.add(new LogName(node.id(), l.path("name").asText(), l.path("size").asLong())));
        return names;
    }

    /**
     * Part of a log of one of the service's nodes.
     *
     * @param node its id, or null for the manager
     * @param file name of the log, or null for the node's own
     */
    public LogPart log(Service service, String node, String file, long offset, int limit) {
        Node found = up(service, node);
        String name = file == null ? "node" : file;
        JsonNode part = with(service, found, rpc -> rpc.get("log", Map.of("name", name, "offset", offset, "limit", limit)));
        return new LogPart(found.id(), name, part.path("offset").asLong(), part.path("next").asLong(), part.path("size").asLong(), part.path("text").asText());
    }

    /**
     * Speaks with a node of a service.
     *
     * @param node its id, or null for the manager
     * @throws ApiException UNAVAILABLE while it is not there
     */
    public <T> T at(Service service, String node, Work<T> work) {
        return with(service, up(service, node), work);
    }

    private Node up(Service service, String node) {
        Node found = node == null ? manager(service) : database.read(s -> Nodes.get(s, node));
        if (found.sid() != service.sid() || found.port() == 0) {
            throw new ApiException(ErrorCode.NOT_FOUND, "Service " + service.sid() + " has no node " + node + " that is up.", "List its nodes.");
        }
        return found;
    }

    private Node manager(Service service) {
        return database.read(s -> Nodes.find(s, service.managerNode())).filter(n -> n.state() == NodeState.READY && n.port() > 0)
                .orElseThrow(() -> new ApiException(ErrorCode.UNAVAILABLE, "The manager of service " + service.sid() + " is not up.", "Try again in a moment."));
    }

    private <T> T with(Service service, Node node, Work<T> work) {
        Trust expected = trust.with(node.kind() == NodeKind.MANAGER ? Peers.manager(service.tenant(), service.sid()) : Peers.agent(service.tenant(), service.sid(), node.id()));
        try (HttpRpc http = HttpRpc.builder().base("https://" + node.address() + ":" + node.port()).keys(keys).trust(expected).timeout(DEADLINE).connections(2)
                .build()) {
            return work.with(new JsonRpc(http));
        }
    }
}
