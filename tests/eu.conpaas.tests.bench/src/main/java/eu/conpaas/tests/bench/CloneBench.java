package eu.conpaas.tests.bench;

import eu.conpaas.api.Operation;
import eu.conpaas.tests.system.Database;
import eu.conpaas.tests.system.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long a new replica of a database takes to be filled and to follow, beside a copy made by hand. The making of the node is not counted on either side. */
final class CloneBench {
    private static final int MEGABYTES = 200;
    private static final double FACTOR = 1.5;
    private final Platform platform;
    private final int rounds;

    CloneBench(Platform platform, int rounds) {
        this.platform = platform;
        this.rounds = rounds;
    }

    void run(Path root, Path folder, Table table) throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Database database = Database.start(platform);
        database.query(Database.WRITES, "CREATE TABLE load_test.big (id BIGINT PRIMARY KEY, w VARCHAR(1100));"
                + " USE load_test; INSERT INTO big SELECT seq, REPEAT(MD5(RAND()), 32) FROM seq_1_to_" + MEGABYTES * 1024);
        try (Bare bare = new Bare(root, "clone.sh", folder)) {
            bare.up(MEGABYTES);
            for (int i = 0; i < rounds; i++) {
                theirs.add(bare.cloned());
                database.change("add_nodes", "1");
                ours.add(seconds(latest(database.sid(), "scale")));
                database.change("remove_nodes", "1");
            }
        }
        database.change("stop");
        double limit = FACTOR * Table.median(theirs);
        table.add("replica of " + MEGABYTES + " MB: cloned and following", ours, theirs, "s", String.format("%.1f x bare = %.2f s", FACTOR, limit), limit, false);
    }

    private Operation latest(long sid, String kind) {
        return platform.client().operations().list(sid, false).stream().filter(o -> o.kind().equals(kind))
                .max(java.util.Comparator.comparing(Operation::created)).orElseThrow();
    }

    /** From the beginning of the copy to the end of the check that the replica has all. */
    private static double seconds(Operation operation) {
        List<Operation.Progress> steps = operation.steps().entrySet().stream().filter(s -> s.getKey().startsWith("clone:") || s.getKey().startsWith("check:"))
                .map(java.util.Map.Entry::getValue).toList();
        Instant begin = steps.stream().map(Operation.Progress::started).min(Instant::compareTo).orElseThrow();
        Instant end = steps.stream().map(Operation.Progress::finished).max(Instant::compareTo).orElseThrow();
        return Duration.between(begin, end).toMillis() / 1000.0;
    }
}
