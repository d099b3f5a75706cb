package eu.conpaas.cloud.local.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The folder of a VM: its record, what its start needs, and what it writes. */
record VmFolder(Path path) {
    Path record() {
        return path.resolve("vm.json");
    }

    /** Written by the start script: "pid starttime", then "ready". */
    Path init() {
        return path.resolve("init");
    }

    Path console() {
        return path.resolve("console.log");
    }

    /** The boot script and the bootstrap document. */
    Path boot() {
        return path.resolve("boot");
    }

    Path bootstrap() {
        return boot().resolve("bootstrap.json");
    }

    /** What the node may write. */
    Path node() {
        return path.resolve("node");
    }

    /** The root of its file tree (namespaces only). */
    Path root() {
        return path.resolve("root");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Makes a new attempt the only one that may start this VM. A director that was killed can leave a start script behind that has not
     * begun to run and therefore cannot be found; when it does, it sees that its attempt is over.
     *
     * @return what the start script is told
     */
    String begin() {
        String attempt = UUID.randomUUID().toString();
        Disk.write(path.resolve("attempt"), attempt + "\n");
        return attempt;
    }

    VmRecord load() {
        return Disk.load(record(), VmRecord.class);
    }

    void store(VmRecord vm) {
        Disk.store(record(), vm);
    }

    /** Its first process as the start script noted it, or null if it did not get that far. */
    Init started() {
        return Init.parse(Disk.read(init()));
    }

    /** Removes everything, the record last: while it is there, an end that was cut short can be repeated. */
    void remove() {
        empty();
        Disk.remove(path);
    }

    /** Removes everything but the record. */
    void empty() {
        String[] names = path.toFile().list();
        if (names == null) {
            return;
        }
        for (String name : names) {
            if (!name.equals("vm.json")) {
                Disk.remove(path.resolve(name));
            }
        }
    }

    boolean exists() {
        return Files.isDirectory(path);
    }
}
