package eu.conpaas.cloud.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.VmRequest;
import eu.conpaas.cloud.testkit.CloudContract;
import eu.conpaas.cloud.testkit.Subject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A folder with a fake node product and the clouds of two installations, and a look at what they left. */
final class World implements Subject {
    final Path folder;
    final String mode;
    private final Path product;
    private final String installation = "test-" + UUID.randomUUID();

    World(Path folder, String mode) throws IOException {
        this(folder, mode, CloudContract.NODE_SCRIPT);
    }

    World(Path folder, String mode, String script) throws IOException {
        assumeTrue(!mode.equals("namespaces") || Procs.privileged() && NamespaceIsolation.probe() == null, "needs root and namespaces");
        this.folder = folder;
        this.mode = mode;
        this.product = FakeProduct.make(folder.resolve("product"), script);
    }

    @Override
    public Cloud open() {
        return open(installation, folder.resolve("cloud"));
    }

    @Override
    public Cloud openOther() {
        return open(installation + "-other", folder.resolve("other"));
    }

    Cloud open(String id, Path place) {
        return new LocalCloudDriver().open(new CloudConfig("default", id, place, product, Map.of("MODE", mode)));
    }

    String installation() {
        return installation;
    }

    String tag() {
        return NetworkPlan.tag(installation + "/default");
    }

    Path product() {
        return product;
    }

    Fleet fleet() {
        return new Fleet(folder.resolve("cloud"));
    }

    Init init(String vmid) {
        return fleet().folder(vmid).started();
    }

    @Override
    public boolean boots() {
        return true;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(20);
    }

    static VmRequest order(String token) {
        return new VmRequest(token, "conpaas-test", null, "{}", null, false);
    }

    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** What VMs of this world left behind: processes, links, mounts, cgroups, folders. */
    void assertNothingLeft() throws Exception {
        eventually("no remains in " + remains(), () -> remains().isEmpty());
        assertEquals(List.of(), remains());
    }

    private List<String> remains() throws IOException {
        List<String> remains = new ArrayList<>();
        for (long pid : Procs.all()) {
            String environment = text(Path.of("/proc/" + pid + "/environ"));
            String command = text(Path.of("/proc/" + pid + "/cmdline"));
            if (environment.contains(folder.toString()) || command.contains(folder.toString()) || Procs.writesUnder(pid, folder)) {
                remains.add("process " + pid + " " + command.replace('\0', ' '));
            }
        }
        for (Path path : List.of(Path.of("/tmp"), Path.of("/sys/class/net"), Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup/cpu"),
                Path.of("/sys/fs/cgroup/pids"), Path.of("/sys/fs/cgroup"))) {
            if (Files.isDirectory(path)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(path, tag() + "*")) {
                    found.forEach(p -> remains.add(p.toString()));
                }
            }
        }
        text(Path.of("/proc/self/mounts")).lines().filter(l -> l.contains(folder.toString())).forEach(remains::add);
        fleet().ids().forEach(remains::add);
        return remains;
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
