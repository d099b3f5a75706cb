package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The file tree a node in namespaces sees: a root of its own with the machine's programs read-only, and nothing else of the machine.
 * What it writes outside its node folder (logs, temporary files) lands in the VM's folder and goes with it.
 */
final class FileTree {
    static final String NODE = "/srv/conpaas/node";
    static final String PRODUCT = "/srv/conpaas/product";
    static final String SHARED = "/srv/conpaas/shared";
    static final String BOOT = "/srv/conpaas/boot";

    private static final List<String> PROGRAMS = List.of("usr", "etc", "opt");
    /** Symbolic links into /usr on today's Debian, folders on older systems. */
    private static final List<String> MERGED = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> FOLDERS = List.of("home", "mnt", "media", "var/lib", "var/cache", "var/log", "var/spool", "srv", "run", "proc", "sys");
    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    private final VmFolder folder;
    private final NodeFiles files;
    private final VmRecord vm;
    private final StringBuilder mounts = new StringBuilder();

    FileTree(VmFolder folder, NodeFiles files, VmRecord vm) {
        this.folder = folder;
        this.files = files;
        this.vm = vm;
    }

    /** Makes the folders and links, and the list of mounts the start script carries out inside the node's namespace. */
    void make() {
        try {
            Disk.folder(folder.root(), "rwxr-xr-x");
            mount(folder.root(), "/", "none", "bind");
            for (String name : FOLDERS) {
                Files.createDirectories(folder.root().resolve(name));
            }
            Disk.folder(folder.root().resolve("root"), "rwx------");
            Disk.common(folder.root().resolve("tmp"));
            Disk.common(folder.root().resolve("var/tmp"));
            link("var/run", "/run");
            link("var/lock", "/run/lock");
            programs();
            devices();
            mount(Path.of("proc"), "/proc", "proc", "nosuid,nodev,noexec");
            mount(Path.of("sysfs"), "/sys", "sysfs", "ro,nosuid,nodev,noexec");
            if (Files.isDirectory(Path.of("/sys/fs/cgroup"))) {
                mount(Path.of("/sys/fs/cgroup"), "/sys/fs/cgroup", "none", "rbind,ro");
            }
            mount(Path.of("tmpfs"), "/run", "tmpfs", "mode=755,nosuid,nodev");
            bind(folder.node(), NODE, "bind");
            bind(files.product(), PRODUCT, "bind,ro");
            bind(folder.boot(), BOOT, "bind,ro");
            if (vm.sharedFolder() != null) {
                bind(files.sharedFolder(vm.sharedFolder()), SHARED, "bind");
            }
            Disk.write(folder.file("fstab"), mounts.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void programs() throws IOException {
        for (String name : PROGRAMS) {
            bind(Path.of("/" + name), "/" + name, "bind,ro");
        }
        for (Path path : files.visible()) {
            bind(path, path.toString(), "bind,ro");
        }
        for (String name : MERGED) {
            Path path = Path.of("/" + name);
            if (Files.isSymbolicLink(path)) {
                link(name, Files.readSymbolicLink(path).toString());
            } else {
                bind(path, "/" + name, "bind,ro");
            }
        }
        for (String name : List.of("hosts", "hostname")) {
            if (Files.isRegularFile(Path.of("/etc", name), LinkOption.NOFOLLOW_LINKS)) {
                mount(folder.file(name), "/etc/" + name, "none", "bind");
            }
        }
    }

    private void devices() throws IOException {
        Path dev = Files.createDirectories(folder.root().resolve("dev"));
        if (vm.privileged()) {
            mount(Path.of("/dev"), "/dev", "none", "rbind");
        } else {
            for (String name : DEVICES) {
                if (!Files.exists(dev.resolve(name))) {
                    Files.createFile(dev.resolve(name));
                }
                mount(Path.of("/dev", name), "/dev/" + name, "none", "bind");
            }
            Files.createDirectories(dev.resolve("pts"));
            Files.createDirectories(dev.resolve("shm"));
            mount(Path.of("devpts"), "/dev/pts", "devpts", "newinstance,ptmxmode=0666,mode=620");
            link("dev/ptmx", "pts/ptmx");
            link("dev/fd", "/proc/self/fd");
            link("dev/stdin", "/proc/self/fd/0");
            link("dev/stdout", "/proc/self/fd/1");
            link("dev/stderr", "/proc/self/fd/2");
            if (Files.exists(Path.of("/dev/net/tun"))) {
                Files.createDirectories(dev.resolve("net"));
                if (!Files.exists(dev.resolve("net/tun"))) {
                    Files.createFile(dev.resolve("net/tun"));
                }
                mount(Path.of("/dev/net/tun"), "/dev/net/tun", "none", "bind");
            }
        }
        mount(Path.of("tmpfs"), "/dev/shm", "tmpfs", "mode=1777,nosuid,nodev");
    }

    private void bind(Path source, String target, String options) throws IOException {
        if (Files.isDirectory(source)) {
            Files.createDirectories(folder.root().resolve(target.substring(1)));
            mount(source, target, "none", options);
        }
    }

    private void link(String name, String target) throws IOException {
        try {
            Files.createSymbolicLink(folder.root().resolve(name), Path.of(target));
        } catch (FileAlreadyExistsException e) {
            return; // a start that was cut short made it
        }
    }

    private void mount(Path source, String target, String type, String options) {
        mounts.append(escape(source.toString())).append(' ').append(escape(folder.root() + (target.equals("/") ? "" : target)))
                .append(' ').append(type).append(' ').append(options).append(" 0 0\n");
    }

    /** As fstab wants it. */
    private static String escape(String path) {
        return path.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011").replace("\n", "\\012").replace("#", "\\043");
    }
}
