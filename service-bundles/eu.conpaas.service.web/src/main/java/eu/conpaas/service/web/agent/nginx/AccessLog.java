package eu.conpaas.service.web.agent.nginx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Reads what has been added to an access log, for its times, and keeps the log from growing without bound. */
public final class AccessLog {
    private static final long LARGEST = 16L << 20;
    private static final int MOST = 1 << 20;
    private final Path file;
    private long position = -1;

    public AccessLog(Path file) {
        this.file = file;
    }

    /** Median and 99th percentile, in milliseconds, of the requests since the last call; nothing if there were none. */
    public synchronized Map<String, Double> sample() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        String lines;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long from = position < 0 || position > size ? size : Math.max(position, size - MOST);
            ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
            channel.read(buffer, from);
            lines = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            position = size;
        }
        bound();
        double[] times = lines.lines().map(l -> l.split(" ", 3)).filter(f -> f.length == 3 && f[1].matches("[0-9]+\\.[0-9]+"))
                .mapToDouble(f -> Double.parseDouble(f[1]) * 1000).sorted().toArray();
        return times.length == 0 ? Map.of() : Map.of("response_time_p50", at(times, 0.5), "response_time_p99", at(times, 0.99));
    }

    static double at(double[] sorted, double part) {
        return sorted[Math.min(sorted.length - 1, (int) Math.floor(part * sorted.length))];
    }

    /** nginx appends, so that the file can be emptied under it. */
    private void bound() throws IOException {
        if (position > LARGEST) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
            position = 0;
        }
    }
}
