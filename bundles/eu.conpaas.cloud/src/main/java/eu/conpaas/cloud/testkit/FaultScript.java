package eu.conpaas.cloud.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Which of the calls to a {@link HostileCloud} go wrong, and how. Safe for use from several threads. */
public final class FaultScript {
    private final Map<Call, Deque<Optional<Fault>>> next = new EnumMap<>(Call.class);
    private final Map<Call, Fault> always = new EnumMap<>(Call.class);
    private Random random;
    private double share;
    private List<Fault> choice = List.of();

    /** The next calls of a kind meet these faults, one each, after those already planned. */
    public synchronized FaultScript next(Call call, Fault... faults) {
        for (Fault fault : faults) {
            queue(call).add(Optional.of(fault));
        }
        return this;
    }

    /** The next calls of a kind go well, after those already planned; to hit the third call, let two pass. */
    public synchronized FaultScript pass(Call call, int calls) {
        for (int i = 0; i < calls; i++) {
            queue(call).add(Optional.empty());
        }
        return this;
    }

    /** Every call of a kind for which nothing else is planned meets this fault. */
    public synchronized FaultScript always(Call call, Fault fault) {
        always.put(call, fault);
        return this;
    }

    /**
     * Calls for which nothing is planned meet a fault by chance.
     *
     * @param seed   the same seed gives the same faults for the same calls
     * @param share  of the calls, 0 to 1
     * @param faults to choose from
     */
    public synchronized FaultScript random(long seed, double share, Fault... faults) {
        this.random = new Random(seed);
        this.share = share;
        this.choice = List.of(faults);
        return this;
    }

    /** From now on everything goes well. */
    public synchronized void clear() {
        next.clear();
        always.clear();
        random = null;
    }

    /** The fault the call being made meets, or null. */
    synchronized Fault take(Call call) {
        Deque<Optional<Fault>> planned = queue(call);
        if (!planned.isEmpty()) {
            return planned.poll().orElse(null);
        }
        if (always.containsKey(call)) {
            return always.get(call);
        }
        if (random != null && random.nextDouble() < share) {
            return choice.get(random.nextInt(choice.size()));
        }
        return null;
    }

    private Deque<Optional<Fault>> queue(Call call) {
        return next.computeIfAbsent(call, c -> new ArrayDeque<>());
    }
}
