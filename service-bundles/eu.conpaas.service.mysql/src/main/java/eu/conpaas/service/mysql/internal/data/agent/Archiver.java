package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Brings the archive up to what the master's binary log has: whole transactions only. */
final class Archiver {
    private final MariaServer server;
    private final Archive archive;
    private final EngineUser owner;

    Archiver(MariaServer server, Archive archive, EngineUser owner) {
        this.server = server;
        this.archive = archive;
        this.owner = owner;
    }

    /**
     * Copies what is new.
     *
     * @param term number of the master's leadership
     * @return second up to which the archive is whole now
     */
    synchronized long sync(int history, long term) throws IOException {
        long now = Instant.now().getEpochSecond();
        Map<String, String> status = server.sql().row("SHOW MASTER STATUS");
        Path to = archive.term(history, term, server.place().context().node().node());
        owner.folder(to);
        String current = status.get("File");
        for (Path log : logs()) {
            String name = log.getFileName().toString();
            int order = name.compareTo(current);
            if (order < 0) {
                closed(log, to.resolve(name));
            } else if (order == 0) {
                append(log, to.resolve(name), Long.parseLong(status.get("Position")));
            }
        }
        AtomicFiles.write(to.resolve("until"), Long.toString(now));
        return now;
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(server.place().binlogs())) {
            return files.filter(f -> f.getFileName().toString().matches("binlog\\.\\d+")).sorted().toList();
        }
    }

    /** A log that is no longer written to is shared rather than copied, where the file system can. */
    private static void closed(Path log, Path copy) throws IOException {
        long size = Files.size(log);
        if (Files.exists(copy)) {
            if (Files.size(copy) != size) {
                append(log, copy, size);
            }
            return;
        }
        try {
            Files.createLink(copy, log);
        } catch (IOException | UnsupportedOperationException e) {
            append(log, copy, size);
        }
    }

    /** Makes the copy have the first bytes of the log. One that has more was taken before the server dropped its end after a crash. */
    private static void append(Path log, Path copy, long size) throws IOException {
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
                FileChannel into = FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            if (into.size() > size) {
                into.truncate(size);
            }
            long at = into.size();
            if (at == size) {
                return;
            }
            into.position(at);
            while (at < size) {
                long n = from.transferTo(at, size - at, into);
                if (n <= 0) {
                    throw new IOException(log + " is shorter than the server says");
                }
                at += n;
            }
            into.force(false);
        }
    }
}
