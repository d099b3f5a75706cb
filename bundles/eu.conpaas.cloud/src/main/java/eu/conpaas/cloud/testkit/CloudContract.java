package eu.conpaas.cloud.testkit;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.Cloud.Capability;
import eu.conpaas.cloud.CloudException.Kind;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What every cloud promises, as checks. A driver's tests run them all:
 * {@snippet :
 * @TestFactory
 * Stream<DynamicTest> contract() {
 *     return CloudContract.checks(subject).stream().map(c -> DynamicTest.dynamicTest(c.name(), c::run));
 * }
 * }
 * Each check orders its own VMs and ends them; checks of capabilities the cloud lacks are left out.
 */
public final class CloudContract {
    /** Node program the checks want nodes to run where {@link Subject#boots}. */
    public static final String NODE_SCRIPT = """
            echo "data: $(cat "$CONPAAS_BOOTSTRAP")"
            if [ -n "${CONPAAS_SHARED:-}" ]; then
                : > "$CONPAAS_SHARED/$CONPAAS_ADDRESS.seen"
                echo "shared: $(ls "$CONPAAS_SHARED" | tr '\\n' ' ')"
            fi
            echo "up"
            exec sleep 1000000
            """;

    private static final int MANY = 8;

    private final Subject subject;
    private final Bench bench;

    private CloudContract(Subject subject) {
        this.subject = subject;
        this.bench = new Bench(subject);
    }

    /** The checks that apply to this cloud. */
    public static List<Check> checks(Subject subject) {
        CloudContract c = new CloudContract(subject);
        List<Check> checks = new ArrayList<>();
        checks.add(c.check("a created VM is described and listed", c::created));
        checks.add(c.check("the same token is the same VM, also for the next director", c::sameToken));
        checks.add(c.check("the same token at the same time is one VM", c::sameTokenTogether));
        checks.add(c.check("many creates at the same time are as many VMs with addresses of their own", c::manyTogether));
        checks.add(c.check("an unknown VM is NOT_FOUND", c::unknown));
        checks.add(c.check("an unknown size is BAD_REQUEST and makes nothing", c::unknownSize));
        checks.add(c.check("ending is final and may be repeated", c::terminate));
        checks.add(c.check("the next director finds and ends VMs", c::reopened));
        checks.add(c.check("an installation sees and ends only its own", c::installations));
        checks.add(c.check("purge ends everything of the installation and nothing else", c::purge));
        Set<Capability> capabilities;
        try (Cloud cloud = subject.open()) {
            capabilities = cloud.capabilities();
        }
        if (capabilities.contains(Capability.ADDRESS)) {
            checks.add(c.check("a reserved address keeps to its key", c::reserve));
            checks.add(c.check("an address moves between VMs, and every step may be repeated", c::attach));
        }
        if (subject.boots()) {
            checks.add(c.check("user data reaches the node, and its console can be read", c::userData));
            if (capabilities.contains(Capability.SHARED_FOLDER)) {
                checks.add(c.check("a shared folder is shared by those that name it and outlives them", c::sharedFolder));
            }
        }
        return checks;
    }

    /** What one check does with the cloud, whose VMs are ended afterwards. */
    private interface Body {
        void run(Cloud cloud) throws Exception;
    }

    private Check check(String name, Body body) {
        return new Check(name, () -> {
            try (Cloud cloud = subject.open()) {
                try {
                    body.run(cloud);
                } finally {
                    for (Vm vm : cloud.list()) {
                        cloud.terminate(vm.id());
                    }
                    bench.eventually("all VMs of the check are gone", () -> cloud.list().stream().allMatch(v -> v.state() == Vm.State.TERMINATED));
                }
            }
        });
    }

    private void created(Cloud cloud) throws Exception {
        VmRequest order = bench.order();
        Vm vm = cloud.create(order);
        Bench.that("it is on its way: " + vm, vm.state() == Vm.State.PENDING || vm.state() == Vm.State.RUNNING);
        Bench.same("token", order.token(), vm.token());
        Bench.same("id", vm.id(), cloud.describe(vm.id()).id());
        bench.eventually("it is listed", () -> Bench.lists(cloud, vm.id()));
        bench.eventually("it runs and has an address", () -> {
            Vm now = cloud.describe(vm.id());
            return now.state() == Vm.State.RUNNING && now.address() != null;
        });
    }

    private void sameToken(Cloud cloud) {
        VmRequest order = bench.order();
        String id = cloud.create(order).id();
        Bench.same("repeated", id, cloud.create(order).id());
        try (Cloud next = subject.open()) {
            Bench.same("repeated by the next director", id, next.create(order).id());
            Bench.same("VMs", 1L, next.list().stream().filter(vm -> vm.state() != Vm.State.TERMINATED).count());
        }
    }

    private void sameTokenTogether(Cloud cloud) throws Exception {
        VmRequest order = bench.order();
        List<Vm> vms = Bench.together(MANY, () -> cloud.create(order));
        Bench.same("different VMs", 1L, vms.stream().map(Vm::id).distinct().count());
    }

    private void manyTogether(Cloud cloud) throws Exception {
        List<Vm> vms = Bench.together(MANY, () -> cloud.create(bench.order()));
        Bench.same("different VMs", (long) MANY, vms.stream().map(Vm::id).distinct().count());
        bench.eventually("all run", () -> vms.stream().allMatch(vm -> cloud.describe(vm.id()).state() == Vm.State.RUNNING));
        Bench.same("different addresses", (long) MANY, vms.stream().map(vm -> cloud.describe(vm.id()).address()).distinct().count());
        AtomicInteger next = new AtomicInteger();
        Bench.together(MANY, () -> {
            cloud.terminate(vms.get(next.getAndIncrement()).id());
            return null;
        });
        bench.eventually("all are gone", () -> vms.stream().allMatch(vm -> Bench.gone(cloud, vm.id())));
    }

    private void unknown(Cloud cloud) {
        Bench.refused(Kind.NOT_FOUND, () -> cloud.describe("vm-000000000000"));
        Bench.refused(Kind.NOT_FOUND, () -> cloud.consoleLog("vm-000000000000", 100));
        cloud.terminate("vm-000000000000");
    }

    private void unknownSize(Cloud cloud) {
        VmRequest order = bench.order();
        Bench.refused(Kind.BAD_REQUEST, () -> cloud.create(
                new VmRequest(order.token(), order.name(), "no-such-size", order.userData(), null, false)));
        Bench.that("nothing was made", cloud.list().stream().noneMatch(vm -> order.token().equals(vm.token())));
    }

    private void terminate(Cloud cloud) throws Exception {
        String id = cloud.create(bench.order()).id();
        cloud.terminate(id);
        cloud.terminate(id);
        bench.eventually("it is gone", () -> Bench.gone(cloud, id));
        bench.eventually("it is not listed", () -> !Bench.lists(cloud, id));
        cloud.terminate(id);
    }

    private void reopened(Cloud cloud) throws Exception {
        String id = cloud.create(bench.order()).id();
        cloud.close();
        try (Cloud next = subject.open()) {
            bench.eventually("the next director lists it", () -> Bench.lists(next, id));
            bench.eventually("it still runs", () -> next.describe(id).state() == Vm.State.RUNNING);
            next.terminate(id);
            bench.eventually("it is gone", () -> Bench.gone(next, id));
        }
    }

    private void installations(Cloud cloud) throws Exception {
        VmRequest order = bench.order();
        try (Cloud other = subject.openOther()) {
            String mine = cloud.create(order).id();
            Vm theirs = other.create(bench.order());
            try {
                bench.eventually("each lists its own", () -> Bench.lists(cloud, mine) && Bench.lists(other, theirs.id()));
                Bench.that("the other's is not listed", !Bench.lists(cloud, theirs.id()) && !Bench.lists(other, mine));
                bench.eventually("both run", () -> cloud.describe(mine).state() == Vm.State.RUNNING
                        && other.describe(theirs.id()).state() == Vm.State.RUNNING);
                Bench.that("addresses differ", !cloud.describe(mine).address().equals(other.describe(theirs.id()).address()));
                cloud.terminate(mine);
                Bench.same("the other's VM", Vm.State.RUNNING, other.describe(theirs.id()).state());
            } finally {
                other.purge();
            }
        }
    }

    private void purge(Cloud cloud) throws Exception {
        try (Cloud other = subject.openOther()) {
            String theirs = other.create(bench.order()).id();
            try {
                cloud.create(bench.order());
                cloud.create(bench.order());
                cloud.purge();
                bench.eventually("nothing is listed", () -> cloud.list().stream().allMatch(vm -> vm.state() == Vm.State.TERMINATED));
                cloud.purge();
                Bench.that("the other's VM is still there", !Bench.gone(other, theirs));
            } finally {
                other.purge();
            }
        }
    }

    private void reserve(Cloud cloud) {
        String a = cloud.reserveAddress("site-a");
        String b = cloud.reserveAddress("site-b");
        Bench.that("two keys are two addresses", !a.equals(b));
        Bench.that("both are listed", cloud.reservedAddresses().entrySet().containsAll(Map.of("site-a", a, "site-b", b).entrySet()));
        try (Cloud next = subject.open()) {
            Bench.same("repeated by the next director", a, next.reserveAddress("site-a"));
        }
        cloud.releaseAddress(a);
        cloud.releaseAddress(a);
        Bench.same("the other key's address", b, cloud.reserveAddress("site-b"));
        cloud.releaseAddress(b);
        Bench.that("what is released is not listed", cloud.reservedAddresses().keySet().stream().noneMatch(List.of("site-a", "site-b")::contains));
    }

    private void attach(Cloud cloud) throws Exception {
        String address = cloud.reserveAddress("moving");
        String first = cloud.create(bench.order()).id();
        String second = cloud.create(bench.order()).id();
        bench.eventually("both run", () -> cloud.describe(first).state() == Vm.State.RUNNING && cloud.describe(second).state() == Vm.State.RUNNING);
        for (String vmid : List.of(first, first, second, second, first)) {
            cloud.attachAddress(address, vmid);
        }
        cloud.terminate(first);
        cloud.attachAddress(address, second);
        Bench.refused(Kind.NOT_FOUND, () -> cloud.attachAddress(address, "vm-000000000000"));
        cloud.releaseAddress(address);
        Bench.refused(Kind.NOT_FOUND, () -> cloud.attachAddress(address, second));
    }

    private void userData(Cloud cloud) throws Exception {
        VmRequest order = bench.order();
        String id = cloud.create(order).id();
        bench.eventually("the node shows its user data", () -> cloud.consoleLog(id, 10_000).contains("data: " + order.userData()));
        bench.eventually("the end of the console can be read alone", () -> cloud.consoleLog(id, 3).equals("up\n"));
    }

    private void sharedFolder(Cloud cloud) throws Exception {
        String key = "folder-" + UUID.randomUUID();
        String first = ready(cloud, key);
        String second = ready(cloud, key);
        String stranger = ready(cloud, key + "-other");
        Set<String> both = new TreeSet<>(Set.of(mark(cloud, first), mark(cloud, second)));
        Bench.same("what the second sees", both, seen(cloud, second));
        Bench.same("what one with another key sees", Set.of(mark(cloud, stranger)), seen(cloud, stranger));
        Bench.that("the path is told", cloud.describe(first).sharedFolder() != null);
        cloud.terminate(first);
        cloud.terminate(second);
        Bench.that("it outlives its VMs", seen(cloud, ready(cloud, key)).containsAll(both));
        cloud.list().forEach(vm -> cloud.terminate(vm.id()));
        cloud.removeSharedFolder(key);
        cloud.removeSharedFolder(key);
        cloud.removeSharedFolder(key + "-other");
        Bench.same("files after the folder was removed", 1, seen(cloud, ready(cloud, key)).size());
        cloud.list().forEach(vm -> cloud.terminate(vm.id()));
        cloud.removeSharedFolder(key);
    }

    private String ready(Cloud cloud, String key) throws Exception {
        String id = cloud.create(bench.order(key)).id();
        bench.eventually("the node is up", () -> cloud.consoleLog(id, 10_000).endsWith("up\n"));
        return id;
    }

    private static String mark(Cloud cloud, String vmid) {
        return cloud.describe(vmid).address() + ".seen";
    }

    private static Set<String> seen(Cloud cloud, String vmid) {
        String line = cloud.consoleLog(vmid, 10_000).lines().filter(l -> l.startsWith("shared: ")).reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("the node saw no shared folder"));
        return List.of(line.substring(8).strip().split(" ")).stream().collect(Collectors.toCollection(TreeSet::new));
    }
}
