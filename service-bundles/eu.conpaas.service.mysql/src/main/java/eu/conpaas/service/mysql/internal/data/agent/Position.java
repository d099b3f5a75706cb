package eu.conpaas.service.mysql.internal.data.agent;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A position in the binary log: a transaction and all before it. A service has one domain, in which sequence numbers only grow.
 *
 * @param sequence number of the transaction, 0 before the first
 */
record Position(long domain, long server, long sequence) {
    static final Position NONE = new Position(0, 0, 0);

    /** {@code 0-1-57}, several separated by commas (the highest counts), or empty. */
    static Position of(String gtid) {
        return Arrays.stream(gtid.split(",")).map(String::strip).filter(g -> g.matches("\\d+-\\d+-\\d+")).map(g -> {
            String[] parts = g.split("-");
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }).max(Comparator.comparingLong(Position::sequence)).orElse(NONE);
    }

    /** Whether another position has everything that this one has. */
    boolean isIn(Position other) {
        return sequence <= other.sequence;
    }

    @Override
    public String toString() {
        return sequence == 0 ? "" : domain + "-" + server + "-" + sequence;
    }
}
