package eu.conpaas.tests.bench;

import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.system.GitClient;
import eu.conpaas.tests.system.Node;
import eu.conpaas.tests.system.Platform;
import eu.conpaas.tests.system.Processes;
import eu.conpaas.tests.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A push that goes live, beside an upload of the same files that is then made active, in turns. */
final class PushBench {
    private static final int PIECE = 100_000;
    private static final double MEBI = 1 << 20;
    /** What a push may take more than an upload. */
    private static final double MORE_S = 1;
    private final Platform platform;
    private final Site site;
    private final int rounds;
    private final int padding;

    /** @param padding bytes of incompressible data among the files */
    PushBench(Platform platform, Site site, int rounds, int padding) {
        this.platform = platform;
        this.site = site;
        this.rounds = rounds;
        this.padding = padding;
    }

    /** @param backends that must answer with a version before it counts as live */
    void run(Path folder, Set<String> backends, Table table) throws Exception {
        double before = manager();
        GitClient git = new GitClient(platform, site.sid(), folder.resolve("git"));
        platform.cli().run("git_config", Long.toString(site.sid()), "on").ok();
        pad(git.work().resolve("padding"));
        List<Double> pushes = new ArrayList<>();
        List<Double> uploads = new ArrayList<>();
        for (int i = 0; i <= rounds; i++) {
            double upload = upload(folder, backends, "up" + i);
            git.commit("push" + i);
            long start = System.nanoTime();
            Process push = git.pushing();
            Seen.until(site, Bench.PAGE, backends, "push" + i);
            double took = (System.nanoTime() - start) / 1e9;
            if (push.waitFor() != 0) {
                throw new IllegalStateException("the push failed");
            }
            if (i > 0) { // the first push carries the padding, later ones what has changed
                uploads.add(upload);
                pushes.add(took);
            }
            platform.settled();
        }
        double limit = Table.median(uploads) + MORE_S;
        table.add("5 MB of files: git push to served by " + backends.size() + " backends, beside upload", pushes, uploads, "s",
                String.format("upload + 1 s = %.2f s", limit), limit, false);
        table.add("memory of the manager (PSS), with Git in use", List.of(manager()), List.of(before), "MiB", "none", Double.MAX_VALUE, false);
        platform.cli().run("git_config", Long.toString(site.sid()), "off").ok();
    }

    private double manager() {
        return Processes.memory(Node.of(platform.folder(), platform.manager(site.sid()).folder().getFileName().toString()).jvm()) / MEBI;
    }

    private void pad(Path into) throws IOException {
        Random random = new Random(padding);
        Files.createDirectories(into);
        for (int i = 0, left = padding; left > 0; i++, left -= PIECE) {
            byte[] bytes = new byte[Math.min(left, PIECE)];
            random.nextBytes(bytes);
            Files.write(into.resolve(i + ".bin"), bytes);
        }
    }

    private double upload(Path folder, Set<String> backends, String version) throws Exception {
        Path archive = SampleApp.archive(folder.resolve(version + ".tar.gz"), version, padding);
        long start = System.nanoTime();
        String id = platform.client().services().uploadVersion(site.sid(), archive, "bench", (done, total) -> { }).id();
        platform.client().services().change(site.sid(), "update_php_configuration", Map.of("codeVersionId", id), true);
        Seen.until(site, Bench.PAGE, backends, version);
        double took = (System.nanoTime() - start) / 1e9;
        platform.settled();
        return took;
    }
}
