package eu.conpaas.service.web.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Agents;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.Docs;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sets of engines that backends have, each in its slot. Agents know; what they said last is used while they cannot be asked. */
final class Slots {
    private static final Duration ASK = Duration.ofSeconds(10);
    private final Map<String, List<EnginesDoc>> last = new ConcurrentHashMap<>();

    /** @throws eu.conpaas.api.ApiException UNAVAILABLE if the node's agent does not answer and never has */
    List<EnginesDoc> of(NodeView node, Agents agents) {
        try {
            BackendDoc doc = Docs.read(agents.call(node, "engines", Map.of(), ASK), BackendDoc.class);
            last.put(node.id(), doc.engines());
            return doc.engines();
        } catch (eu.conpaas.api.ApiException e) {
            List<EnginesDoc> known = last.get(node.id());
            if (known == null || !e.error().code().isRetryable()) {
                throw e;
            }
            return known;
        }
    }

    /** The slot of the set that is as wanted; where there is none yet, the slot it will get: the first that is free. */
    static int slot(List<EnginesDoc> sets, EnginesDoc wanted) {
        return sets.stream().filter(p -> p.fingerprint().equals(wanted.fingerprint())).map(EnginesDoc::slot).findFirst()
                .orElseGet(() -> sets.stream().anyMatch(p -> p.slot() == 0) ? 1 : 0);
    }

    /** The slot that requests can be sent to: that of the wanted set, or else of the one there is. */
    static int serving(List<EnginesDoc> sets, EnginesDoc wanted) {
        return has(sets, wanted) || sets.isEmpty() ? slot(sets, wanted) : sets.getFirst().slot();
    }

    /** Whether one of them is as wanted. */
    static boolean has(List<EnginesDoc> sets, EnginesDoc wanted) {
        return sets.stream().anyMatch(p -> p.fingerprint().equals(wanted.fingerprint()));
    }
}
