package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.service.mysql.internal.doc.Progress;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The files by which a cluster's server is started: two programs of ours, and one that tells it to begin a cluster. */
public final class ClusterFiles {
    private static final String SERVER = "cluster-server";
    private static final String JOINING = "wsrep_sst_conpaas";
    private static final String STATE = "grastate.dat";
    private final ServerPlace place;

    public ClusterFiles(ServerPlace place) {
        this.place = place;
    }

    /** What is run instead of the server, and becomes it. */
    List<String> command() throws IOException {
        return command("run", place.data());
    }

    private List<String> command(String what, Path data) throws IOException {
        return List.of("sh", program(SERVER).toString(), what, ServerPlace.program("mariadbd"), place.options().toString(), data.toString(), begin().toString(),
                place.folder("run").resolve("recovery.log").toString());
    }

    /** Where the server finds the program it runs when another joins. */
    String path() throws IOException {
        return program(JOINING).getParent() + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    }

    private Path program(String name) throws IOException {
        Path file = place.folder("programs").resolve(name);
        try (InputStream in = ClusterFiles.class.getResourceAsStream(name)) {
            AtomicFiles.write(file, in.readAllBytes(), place.user());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
        return file;
    }

    private Path begin() throws IOException {
        return place.folder("run").resolve("begin-cluster");
    }

    /** The next start of the server begins a cluster with the data there are, new ones if there are none. */
    public void toBegin() throws IOException {
        new DataFolder(place).initialise();
        AtomicFiles.write(begin(), new byte[0], place.user());
    }

    /** The next start joins. */
    public void toJoin() throws IOException {
        Files.deleteIfExists(begin());
    }

    /** How far data are that no server uses. The option file must be there. */
    public Progress progress(Path data) throws IOException {
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(command("progress", data));
        String[] found = new Program(command).in(place.folder("run")).text().strip().split(":");
        return found.length == 2 && !found[0].startsWith("00000000-") ? new Progress(found[0], Long.parseLong(found[1])) : Progress.NONE;
    }

    /** Whether the node's data are those of a cluster's server. */
    public boolean areOfCluster() {
        return Files.exists(place.data().resolve(STATE));
    }

    /** Has data that are a copy say how far they are. */
    public void mark(Path data, Progress progress) throws IOException {
        AtomicFiles.write(data.resolve(STATE), "# GALERA saved state\nversion: 2.1\nuuid:    %s\nseqno:   %d\nsafe_to_bootstrap: 0\n"
                .formatted(progress.history(), progress.commit()).getBytes(StandardCharsets.UTF_8), place.user());
    }
}
