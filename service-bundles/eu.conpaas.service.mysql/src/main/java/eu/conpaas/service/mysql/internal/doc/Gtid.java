package eu.conpaas.service.mysql.internal.doc;

/** Positions in the stream of transactions, {@code domain-server-sequence} as MariaDB writes them. All of a service's are of domain 0. */
public final class Gtid {
    private Gtid() {
    }

    /** The sequence number of a position, 0 for an empty one. */
    public static long sequence(String position) {
        long highest = 0;
        for (String part : (position == null ? "" : position).split(",")) {
            String[] numbers = part.strip().split("-");
            if (numbers.length == 3 && numbers[0].equals("0")) {
                highest = Math.max(highest, Long.parseLong(numbers[2]));
            }
        }
        return highest;
    }

    /** The position that is further; empty if neither is any. */
    public static String later(String one, String other) {
        String a = one == null ? "" : one;
        String b = other == null ? "" : other;
        return sequence(b) > sequence(a) ? b : a;
    }

    /** The text if it is a position. @throws IllegalArgumentException otherwise */
    public static String checked(String position) {
        if (!position.matches("(\\d+-\\d+-\\d+(, ?\\d+-\\d+-\\d+)*)?")) {
            throw new IllegalArgumentException("no position: " + position);
        }
        return position;
    }
}
