package eu.conpaas.cloud.local.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Nodes in namespaces of their own, joined by a bridge. Everything is unmade by the kernel when a node's first process ends. */
final class NamespaceIsolation implements Isolation {
    private static final Path LINKS = Path.of("/sys/class/net");
    /** What root inside an unprivileged node cannot do: mount, make devices, load modules, touch the clock or the machine. */
    private static final String DROP = "-sys_admin,-mknod,-sys_module,-sys_rawio,-sys_time,-sys_boot";

    @Override
    public Mode mode() {
        return Mode.NAMESPACES;
    }

    /** Whether this machine lets us do all that; leaves nothing. @return null if so, else what it said */
    static String probe() {
        Commands.Result result = Commands.run("unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "sh", "-ec",
                "ip link add b0 type bridge; ip link add v0 type veth peer name v1; mount -t tmpfs none /srv; mount -t proc proc /proc");
        return result.ok() ? null : result.output().strip();
    }

    @Override
    public String hostAddress(NetworkPlan plan) {
        return plan.address(NetworkPlan.HOST);
    }

    @Override
    public void ensureNetwork(NetworkPlan plan) {
        String bridge = plan.bridge();
        if (!Files.exists(LINKS.resolve(bridge))) {
            // A bridge without a hardware address of its own takes its ports', and changes it as they come and go.
            Commands.must("ip", "link", "add", bridge, "address", plan.hardware(NetworkPlan.HOST), "type", "bridge");
        }
        if (!LocalAddresses.of(ProcessHandle.current().pid()).contains(hostAddress(plan))) {
            // in this order, so that a bridge with its address is complete, wherever a director may have been killed
            Commands.must("ip", "link", "set", bridge, "up");
            Commands.must("ip", "address", "replace", hostAddress(plan) + "/24", "dev", bridge);
        }
    }

    @Override
    public void removeNetwork(NetworkPlan plan) {
        removeLink(plan.bridge());
    }

    @Override
    public Places prepare(VmRecord vm, VmFolder folder, NodeFiles files, NetworkPlan plan) {
        Disk.write(folder.file("net"), """
                link add eth0 type veth peer name %s netns %s
                link set eth0 address %s
                address add %s/24 dev eth0
                link set lo up
                link set eth0 up
                route add default via %s
                """.formatted(plan.veth(vm.number()), hostNetwork(), plan.hardware(vm.number()), vm.address(), hostAddress(plan)));
        Disk.write(folder.file("hostname"), vm.hostname() + "\n");
        Disk.write(folder.file("hosts"), """
                127.0.0.1 localhost
                ::1 localhost ip6-localhost ip6-loopback
                %s %s %s
                %s director
                """.formatted(vm.address(), vm.hostname(), vm.id(), hostAddress(plan)));
        new FileTree(folder, files, vm).make();
        return new Places(FileTree.NODE, FileTree.PRODUCT, FileTree.BOOT + "/" + folder.bootstrap().getFileName(), sharedPath(vm, files), null);
    }

    @Override
    public boolean start(VmRecord vm, VmFolder folder, NetworkPlan plan, Map<String, String> environment) {
        return Commands.firstLine(environment, folder.console(), "unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "sh",
                folder.file("start").toString(), folder.path().toString(), hostNetwork(), plan.veth(vm.number()), plan.bridge(),
                vm.privileged() ? "" : DROP) != null;
    }

    /** The kernel removes a pair some time after its node; we want it gone when the end of the VM is reported. */
    @Override
    public void clean(VmRecord vm, NetworkPlan plan) {
        removeLink(plan.veth(vm.number()));
    }

    @Override
    public String sharedPath(VmRecord vm, NodeFiles files) {
        return vm.sharedFolder() == null ? null : FileTree.SHARED;
    }

    /**
     * The address gets announced to everybody on the bridge by the one event after which the kernel does that without tools: a hardware
     * address that is set (to what it was) while arp_notify is on. Who knew the former place learns the new one at once.
     */
    @Override
    public void attach(String address, VmRecord vm, NetworkPlan plan, Init init, Iterable<Init> others) {
        detach(address, others);
        Commands.must("nsenter", network(init.pid()), "sh", "-ec", """
                ip address replace "$1/32" dev eth0
                echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_notify
                ip link set eth0 address "$2"
                """, "announce", address, plan.hardware(vm.number()));
    }

    @Override
    public void detach(String address, Iterable<Init> nodes) {
        for (Init node : nodes) {
            if (LocalAddresses.of(node.pid()).contains(address)) {
                Commands.must("nsenter", network(node.pid()), "ip", "address", "del", address + "/32", "dev", "eth0");
            }
        }
    }

    private static String network(long pid) {
        return "--net=/proc/" + pid + "/ns/net";
    }

    private static String hostNetwork() {
        return "/proc/" + ProcessHandle.current().pid() + "/ns/net";
    }

    private static void removeLink(String name) {
        if (Files.exists(LINKS.resolve(name))) {
            Commands.Result result = Commands.run("ip", "link", "del", name);
            if (!result.ok() && Files.exists(LINKS.resolve(name))) {
                Commands.must("ip", "link", "del", name);
            }
        }
    }
}
