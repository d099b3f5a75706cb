package eu.conpaas.tests.bench;

import eu.conpaas.tests.load.SampleWar;
import eu.conpaas.tests.system.Platform;
import eu.conpaas.tests.system.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long an uploaded WAR takes to be served by all backends beside the version before, next to Tomcat's own parallel deployment on nodes set up by hand. */
final class WarBench {
    private static final int BACKENDS = 3;
    private static final double FACTOR = 1.5;
    private static final String PAGE = "/info.jsp";
    private final Platform platform;
    private final int rounds;
    private final int padding;

    /** @param padding bytes of incompressible data in the application */
    WarBench(Platform platform, int rounds, int padding) {
        this.platform = platform;
        this.rounds = rounds;
        this.padding = padding;
    }

    void run(Path root, Path folder, Table table) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Site site = new Site(platform, "java", platform.create("java"), null, null, 0);
        site.change("enable_code", platform.upload(site.sid(), war(folder, 1)));
        site.change("start");
        site.change("add_nodes", Integer.toString(BACKENDS), "0", "0");
        site = site.shown();
        Set<String> backends = Seen.backends(platform, site.sid(), "tomcat");
        try (Bare bare = new Bare(root, "war.sh", folder.resolve("bare"))) {
            bare.up(BACKENDS, war(folder, 1));
            Seen.until(site, PAGE, backends, "1");
            for (int version = 2; version < 2 + rounds; version++) {
                Path war = war(folder, version);
                bare.store(war, Integer.toString(version));
                theirs.add(bare.activate(Integer.toString(version)));
                String id = platform.upload(site.sid(), war);
                long start = System.nanoTime();
                platform.client().services().change(site.sid(), "update_java_configuration", Map.of("codeVersionId", id), true);
                Seen.until(site, PAGE, backends, Integer.toString(version));
                ours.add((System.nanoTime() - start) / 1e9);
                platform.settled();
            }
        }
        site.change("stop");
        double limit = FACTOR * Table.median(theirs);
        table.add("5 MB WAR: activation to served by " + BACKENDS + " Tomcats", ours, theirs, "s", String.format("%.1f x bare = %.2f s", FACTOR, limit), limit, false);
    }

    private Path war(Path folder, int version) throws IOException {
        return SampleWar.write(folder.resolve("v" + version + ".war"), Integer.toString(version), padding);
    }
}
