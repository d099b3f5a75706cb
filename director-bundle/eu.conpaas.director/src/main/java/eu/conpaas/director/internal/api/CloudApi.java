package eu.conpaas.director.internal.api;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.NodeCost;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.node.Spending;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Verb;

/** Clouds, the nodes on them, and what they cost. */
public final class CloudApi {
    private final Database database;
    private final Clouds clouds;
    private final Clock clock;

    public CloudApi(Database database, Clouds clouds, Clock clock) {
        this.database = database;
        this.clouds = clouds;
        this.clock = clock;
    }

    @Expose(verb = Verb.GET, path = "/clouds", access = Access.USER, help = "The clouds, the default one first: what they offer, whether they work, the nodes on them.")
    public List<CloudView> list(Caller caller) {
        Map<String, Integer> seen = byCloud(database.read(s -> Nodes.seenBy(s, caller.uid())));
        return clouds.names().stream().map(name -> view(name, seen, null)).toList();
    }

    @Expose(verb = Verb.GET, path = "/clouds/all", access = Access.ADMIN, help = "The same with the nodes of all users.")
    public List<CloudView> all(Caller caller) {
        Map<String, Integer> seen = byCloud(database.read(s -> Nodes.seenBy(s, caller.uid())));
        Map<String, Integer> all = byCloud(database.read(Nodes::here));
        return clouds.names().stream().map(name -> view(name, seen, all)).toList();
    }

    private static Map<String, Integer> byCloud(List<Node> nodes) {
        return nodes.stream().filter(n -> n.state().isAlive()).collect(Collectors.groupingBy(Node::cloud, Collectors.summingInt(n -> 1)));
    }

    private CloudView view(String name, Map<String, Integer> seen, Map<String, Integer> all) {
        String trouble = clouds.trouble(name);
        List<String> capabilities = ask(name, cloud -> cloud.capabilities().stream().map(Enum::name).sorted().toList());
        List<String> notices = ask(name, Cloud::notices);
        return new CloudView(name, clouds.driver(name), trouble == null, trouble, capabilities, notices, seen.getOrDefault(name, 0),
                all == null ? null : all.getOrDefault(name, 0), Ledger.PER_HOUR);
    }

    /** What a cloud that can be opened says of itself; nothing of another. */
    private List<String> ask(String name, Function<Cloud, List<String>> question) {
        try {
            return question.apply(clouds.get(name));
        } catch (ApiException | CloudException e) {
            return List.of();
        }
    }

    @Expose(verb = Verb.GET, path = "/nodes/all", access = Access.ADMIN, help = "All nodes of all users, with what they cost.")
    public List<NodeCost> nodes() {
        return database.read(Spending::all);
    }

    @Expose(verb = Verb.GET, path = "/costs", access = Access.USER, help = "Where the user's credits go, and when they run out.")
    public Costs costs(Caller caller) {
        return database.read(s -> Spending.costs(s, caller.uid(), clock.instant()));
    }

    @Expose(verb = Verb.GET, path = "/users/{uid}/costs", access = Access.ADMIN, help = "Where a user's credits go, and when they run out.")
    public Costs costsOf(@Param("uid") long uid) {
        return database.read(s -> Spending.costs(s, Users.get(s, uid).uid(), clock.instant()));
    }
}
