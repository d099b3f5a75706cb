package eu.conpaas.director.internal.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LogMatch;
import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.NodeFigures;
import eu.conpaas.api.NodeState;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.rpc.Json;

/** Looks at all nodes of a service at once; those that do not answer are left out. */
public final class NodeLooks {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLooks.class);
    private static final int PIECE = 1 << 20;
    private static final int MOST_PIECES = 8;
    private static final int LONGEST_LINE = 2000;
    private final Database database;
    private final ManagerCalls nodes;

    public NodeLooks(Database database, ManagerCalls nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    /** What the service's nodes measure. {@code since}: seconds since 1970; only later samples are given */
    public List<NodeFigures> figures(Service service, long since) {
        List<Node> up = database.read(s -> Nodes.ofService(s, service.sid())).stream().filter(n -> n.state() == NodeState.READY && n.port() > 0).toList();
        return ask(up, node -> {
            JsonNode answer = nodes.at(service, node.id(), rpc -> rpc.get("metrics", Map.of("since", since)));
            List<NodeFigures.Sample> history = Json.convert(answer.path("history"), Json.listOf(NodeFigures.Sample.class));
            Map<String, Double> latest = history.isEmpty() ? Map.of() : history.getLast().values();
            return List.of(new NodeFigures(node.id(), node.kind(), latest, history));
        });
    }

    /**
     * Finds lines that have a text in them, in whatever case, in the last {@value #MOST_PIECES} MiB of each log.
     *
     * @param node  node id, or null for all
     * @param file  name of the log, or null for all
     * @param limit most lines of each log, the latest
     */
    public List<LogMatch> search(Service service, String node, String file, String text, int limit) {
        if (text == null || text.isBlank()) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"text\"", "Say what to look for.");
        }
        List<LogName> logs = nodes.logs(service, node).stream().filter(l -> file == null || l.name().equals(file)).toList();
        return ask(logs, log -> search(service, log, text.toLowerCase(Locale.ROOT), limit));
    }

    private List<LogMatch> search(Service service, LogName log, String text, int limit) {
        Deque<LogMatch> found = new ArrayDeque<>();
        long offset = Math.max(0, log.size() - (long) MOST_PIECES * PIECE);
        // one more, since each piece ends with its last whole line
        for (int piece = 0; piece <= MOST_PIECES; piece++) {
            LogPart part = nodes.log(service, log.node(), log.name(), offset, PIECE);
            boolean last = part.next() >= part.size();
            int end = last ? part.text().length() : part.text().lastIndexOf('\n') + 1;
            if (end <= 0) {
                end = part.text().length();
            }
            long at = part.offset();
            for (String line : part.text().substring(0, end).split("(?<=\n)")) {
                if (line.toLowerCase(Locale.ROOT).contains(text)) {
                    found.addLast(new LogMatch(log.node(), log.name(), at, cut(line.stripTrailing())));
                    if (found.size() > limit) {
                        found.removeFirst();
                    }
                }
                at += line.getBytes(StandardCharsets.UTF_8).length;
            }
            if (last || part.text().isEmpty()) {
                break;
            }
            offset = Math.min(at, part.next());
        }
        return List.copyOf(found);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    /** Asks for each at the same time; answers in the order of what was asked. */
    private static <A, B> List<B> ask(List<A> about, Function<A, List<B>> question) {
        List<B> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<B>>> asked = about.stream().map(a -> executor.submit(() -> question.apply(a))).toList();
            for (Future<List<B>> one : asked) {
                answers.addAll(answer(one));
            }
        }
        return answers;
    }

    private static <B> List<B> answer(Future<List<B>> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            LOG.info("A node does not answer: {}", e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
