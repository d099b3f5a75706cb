package eu.conpaas.tests.bench;

import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.system.Node;
import eu.conpaas.tests.system.Platform;
import eu.conpaas.tests.system.Processes;
import eu.conpaas.tests.system.Products;
import eu.conpaas.tests.system.Site;
import eu.conpaas.tests.system.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code ./conpaas bench [deploy] [add] [throughput] [memory] [clone] [push] [war]}: a PHP service of three backends, a database, a Java service, and
 * beside them the same engines set up by hand-written scripts; both are measured in turns. Needs root. Argument 1 is a folder for the data.
 */
public final class Bench {
    private static final String CLONE = "clone";
    private static final String WAR = "war";
    static final String PAGE = "/info.php";
    private static final int ROUNDS = 5;
    private static final int BACKENDS = 3;
    private static final int ARCHIVE = 5_000_000;
    private static final double MEBI = 1 << 20;

    private final Path folder;
    private final Table table = new Table();
    private final Platform platform;
    private final Site site;
    private final Bare bare;
    private int version = 1;
    private Path archive;

    /** @param php whether the PHP service is needed */
    private Bench(Path folder, boolean php) throws IOException {
        this.folder = folder;
        this.platform = Platform.start(folder.resolve("conpaas"), Map.of());
        this.site = php ? Site.deploy(platform) : null;
        this.bare = new Bare(Products.root(), folder.resolve("bare"));
    }

    public static void main(String[] args) throws Exception {
        Set<String> wanted = new TreeSet<>(List.of(args).subList(1, args.length));
        Set<String> known = Set.of("deploy", "add", "throughput", "memory", CLONE, "push", WAR);
        if (!known.containsAll(wanted)) {
            System.err.println("bench knows " + new TreeSet<>(known) + ", not " + wanted);
            System.exit(2);
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "run");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // the engines are not root
        Bench bench = new Bench(folder, wanted.isEmpty() || !Set.of(CLONE, WAR).containsAll(wanted));
        int missed;
        try {
            missed = bench.run(wanted.isEmpty() ? known : wanted);
        } finally {
            bench.bare.close();
            bench.platform.close();
        }
        SampleApp.delete(folder);
        System.exit(missed == 0 ? 0 : 1);
    }

    private int run(Set<String> wanted) throws Exception {
        if (site != null) {
            archive = SampleApp.archive(folder.resolve("v1.tar.gz"), "1", ARCHIVE);
            bare.up(BACKENDS, archive);
            site.change("add_nodes", Integer.toString(BACKENDS), "0", "0");
        }
        if (wanted.contains("memory")) {
            memory();
        }
        if (wanted.contains("deploy")) {
            deploy();
        }
        if (wanted.contains("throughput")) {
            throughput("/work.php", "5 ms of processor in PHP");
            throughput("/info.php", "a small PHP page");
            throughput("/static.txt", "a small file");
        }
        if (wanted.contains("add")) {
            add();
        }
        if (wanted.contains(CLONE)) {
            new CloneBench(platform, ROUNDS).run(Products.root(), folder.resolve("bare-clone"), table);
        }
        if (wanted.contains(WAR)) {
            new WarBench(platform, ROUNDS, ARCHIVE).run(Products.root(), Files.createDirectories(folder.resolve("war")), table);
        }
        if (wanted.contains("push")) {
            new PushBench(platform, site, ROUNDS, ARCHIVE).run(Files.createDirectories(folder.resolve("push")), backends(), table);
        }
        System.out.println();
        System.out.println(table);
        return table.missed();
    }

    private void deploy() throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String next = Integer.toString(++version);
            archive = SampleApp.archive(folder.resolve("v" + next + ".tar.gz"), next, ARCHIVE);
            theirs.add(bare.deploy(archive, next));
            Set<String> backends = backends();
            long start = System.nanoTime();
            String id = platform.client().services().uploadVersion(site.sid(), archive, "bench", (done, total) -> { }).id();
            platform.client().services().change(site.sid(), "update_php_configuration", Map.of("codeVersionId", id), true);
            Seen.until(site, PAGE, backends, next);
            ours.add((System.nanoTime() - start) / 1e9);
            idle();
        }
        double limit = 3 * Table.median(theirs);
        table.add("5 MB archive: upload to served by 3 backends", ours, theirs, "s", String.format("3 x bare = %.2f s", limit), limit, false);
    }

    private void add() throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        String active = Integer.toString(version);
        for (int i = 0; i < ROUNDS; i++) {
            theirs.add(bare.add(archive));
            Set<String> before = backends();
            long start = System.nanoTime();
            platform.client().services().change(site.sid(), "add_nodes", Map.of("backend", 1), true);
            NodeView made = Wait.value("a new node", 60, () -> platform.nodes(site.sid()).stream()
                    .filter(n -> n.kind() == NodeKind.AGENT && !before.contains(n.address()) && n.state() == NodeState.READY
                            && n.created().isAfter(java.time.Instant.now().minusSeconds(60))).findFirst().orElse(null));
            processor.add(Processes.processorSeconds(Node.of(platform.folder(), made.vmid()).jvm()));
            Seen.until(site, PAGE, Set.of(made.address()), active);
            ours.add((System.nanoTime() - start) / 1e9);
            idle();
            site.change("remove_nodes", "1", "0", "0");
        }
        double limit = Table.median(theirs) + 2;
        table.add("one more backend: decision to serving", ours, theirs, "s", String.format("bare + 2 s = %.2f s", limit), limit, false);
        table.add("agent ready", processor, List.of(), "s", "1.5 s of processor time", 1.5, false);
    }

    private void throughput(String path, String what) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            theirs.add(ClosedLoad.run(bare.address(), path, 8, Duration.ofSeconds(4)));
            ours.add(ClosedLoad.run(site.address(), path, 8, Duration.ofSeconds(4)));
        }
        double limit = 0.95 * Table.median(theirs);
        table.add("throughput, " + what, ours, theirs, "1/s", String.format("0.95 x bare = %.0f 1/s", limit), limit, true);
    }

    private void memory() {
        List<Double> agents = new ArrayList<>();
        List<Double> managers = new ArrayList<>();
        List<Double> directors = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            agents.add(Table.median(platform.agents(site.sid()).stream().map(n -> Processes.memory(n.jvm()) / MEBI).toList()));
            managers.add(Processes.memory(platform.manager(site.sid()).jvm()) / MEBI);
            directors.add(Processes.memory(platform.director().pid()) / MEBI);
        }
        table.add("memory of an agent (PSS)", agents, List.of(), "MiB", "80 MiB", 80, false);
        table.add("memory of a manager (PSS)", managers, List.of(), "MiB", "100 MiB", 100, false);
        table.add("memory of the director (PSS)", directors, List.of(), "MiB", "160 MiB", 160, false);
    }

    private Set<String> backends() {
        return Seen.backends(platform, site.sid(), "php-fpm");
    }

    private void idle() {
        Wait.until("the change is done", 120, () -> platform.books().open().isEmpty());
    }
}
