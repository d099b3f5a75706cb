package eu.conpaas.rpc.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Verb;

/** Finds the endpoint of a path, segment by segment; a literal segment goes before a variable. */
final class Routes {
    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<Verb, Endpoint> endpoints = new EnumMap<>(Verb.class);
        Node variable;
    }

    /** What a path leads to: endpoints by verb, and the segments that stand for variables. */
    record Match(Map<Verb, Endpoint> endpoints, List<String> values) {
        Set<Verb> verbs() {
            return endpoints.keySet();
        }

        Map<String, String> variables(Endpoint endpoint) {
            Map<String, String> named = new HashMap<>();
            int next = 0;
            for (String segment : split(endpoint.path())) {
                if (isVariable(segment)) {
                    named.put(segment.substring(1, segment.length() - 1), values.get(next++));
                }
            }
            return named;
        }
    }

    private final Node root = new Node();

    Routes(Endpoints endpoints) {
        for (Endpoint endpoint : endpoints.all()) {
            Node node = root;
            for (String segment : split(endpoint.path())) {
                if (isVariable(segment)) {
                    node.variable = node.variable == null ? new Node() : node.variable;
                    node = node.variable;
                } else {
                    node = node.literals.computeIfAbsent(segment, s -> new Node());
                }
            }
            for (Verb verb : endpoint.verbs()) {
                node.endpoints.put(verb, endpoint);
            }
        }
    }

    /** The match, or null. */
    Match find(String path) {
        List<String> values = new ArrayList<>();
        Node node = find(root, split(path), 0, values);
        return node == null ? null : new Match(node.endpoints, values);
    }

    private static Node find(Node node, String[] segments, int at, List<String> values) {
        if (at == segments.length) {
            return node.endpoints.isEmpty() ? null : node;
        }
        Node next = node.literals.get(segments[at]);
        Node found = next == null ? null : find(next, segments, at + 1, values);
        if (found == null && node.variable != null && !segments[at].isEmpty()) {
            int size = values.size();
            values.add(segments[at]);
            found = find(node.variable, segments, at + 1, values);
            if (found == null) {
                values.subList(size, values.size()).clear();
            }
        }
        return found;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String[] split(String path) {
        return path.substring(1).split("/", -1);
    }
}
