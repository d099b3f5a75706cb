package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.supervise.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The logs of a node: of its process, its daemons, its start-up script and whatever the service adds. */
public final class NodeLogs {
    /** Most bytes given at once. */
    public static final int LIMIT = 1 << 20;
    private final Path folder;
    private final Supplier<Map<String, Path>> more;

    /** @param more further logs by name */
    public NodeLogs(Path folder, Supplier<Map<String, Path>> more) {
        this.folder = folder;
        this.more = more;
    }

    /** A log. @param size bytes it has now */
    public record Entry(String name, long size) {
    }

    public List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Path> e : files().entrySet()) {
            entries.add(new Entry(e.getKey(), Files.isRegularFile(e.getValue()) ? Files.size(e.getValue()) : 0));
        }
        return entries;
    }

    /**
     * A piece of a log.
     *
     * @param offset where to start; negative counts from the end
     * @param limit  most bytes, at most {@value #LIMIT}
     * @throws ApiException NOT_FOUND if there is no log of this name
     */
    public LogFiles.Piece read(String name, long offset, int limit) throws IOException {
        Path file = files().get(name);
        if (file == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no log '" + name + "' on this node.", "Logs: " + String.join(", ", files().keySet()));
        }
        return LogFiles.read(file, offset, Math.clamp(limit, 1, LIMIT));
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(p -> p.toString().endsWith(".log")).forEach(p -> files.put(p.getFileName().toString().replaceFirst("\\.log$", ""), p));
        }
        files.putAll(more.get());
        return files;
    }
}
