package eu.conpaas.service.mysql.internal.engine;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.archive.Unpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes data folders: new and empty, or taken from somewhere else; each is whole from the moment it has its name. */
public final class DataFolder {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private final ServerPlace place;

    public DataFolder(ServerPlace place) {
        this.place = place;
    }

    /** Whether there is a database in the folder. */
    public boolean isThere() {
        return Files.isDirectory(place.data().resolve("mysql"));
    }

    /** Makes a database without users but the administrator, whom the system user proves; does nothing if there is one. */
    public void initialise() throws IOException {
        if (isThere()) {
            place.user().folder(place.binlogs());
            return;
        }
        Path fresh = beside("new");
        Unpacker.delete(fresh);
        place.user().folder(fresh.getParent());
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(List.of(ServerPlace.program("mariadb-install-db"), "--no-defaults", "--datadir=" + fresh, "--skip-test-db", "--skip-name-resolve",
                "--auth-root-authentication-method=socket", "--auth-root-socket-user=" + ServerPlace.account(), "--innodb-buffer-pool-size=16M",
                // Names of temporary files are made of process ids, which other nodes have too.
                "--innodb-log-file-size=48M", "--tmpdir=" + place.folder("tmp")));
        try {
            new Program(command).in(fresh.getParent()).within(LONGEST).text();
        } catch (ProgramException e) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The database could not be made: " + e.getMessage(), "Look for free space on the node.", e);
        }
        replace(fresh);
    }

    /** A folder of the server's user beside the data, on the same file system. */
    public Path beside(String suffix) {
        return place.data().resolveSibling(place.data().getFileName() + "." + suffix);
    }

    /** Puts a finished folder in the place of the data; what is there already must be moved away first. The server must not run. */
    public void replace(Path finished) throws IOException {
        place.user().folder(finished.resolve(place.data().relativize(place.binlogs())));
        if (Files.isDirectory(place.data(), LinkOption.NOFOLLOW_LINKS) && isEmpty(place.data())) {
            Files.delete(place.data());
        }
        Files.move(finished, place.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
