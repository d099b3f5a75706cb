package eu.conpaas.service.php.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.php.internal.doc.BackendDoc;
import eu.conpaas.service.php.internal.doc.Docs;
import eu.conpaas.service.php.internal.doc.PairDoc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pairs of engines that backends have. Agents know; what they said last is used while they cannot be asked. */
final class Pairs {
    private static final Duration ASK = Duration.ofSeconds(10);
    private final Map<String, List<PairDoc>> last = new ConcurrentHashMap<>();

    /** @throws eu.conpaas.api.ApiException UNAVAILABLE if the node's agent does not answer and never has */
    List<PairDoc> of(NodeView node, Agents agents) {
        try {
            BackendDoc doc = Docs.read(agents.call(node, "pairs", Map.of(), ASK), BackendDoc.class);
            last.put(node.id(), doc.pairs());
            return doc.pairs();
        } catch (eu.conpaas.api.ApiException e) {
            List<PairDoc> known = last.get(node.id());
            if (known == null || !e.error().code().isRetryable()) {
                throw e;
            }
            return known;
        }
    }

    /** The slot of the pair that is as wanted; where there is none yet, the slot it will get: the first that is free. */
    static int slot(List<PairDoc> pairs, PairDoc wanted) {
        return pairs.stream().filter(p -> p.fingerprint().equals(wanted.fingerprint())).map(PairDoc::slot).findFirst()
                .orElseGet(() -> pairs.stream().anyMatch(p -> p.slot() == 0) ? 1 : 0);
    }

    /** The slot that requests can be sent to: that of the wanted pair, or else of the one there is. */
    static int serving(List<PairDoc> pairs, PairDoc wanted) {
        return has(pairs, wanted) || pairs.isEmpty() ? slot(pairs, wanted) : pairs.getFirst().slot();
    }

    /** Whether one of them is as wanted. */
    static boolean has(List<PairDoc> pairs, PairDoc wanted) {
        return pairs.stream().anyMatch(p -> p.fingerprint().equals(wanted.fingerprint()));
    }
}
