package eu.conpaas.service.web.agent.proxy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HAProxy's command socket. */
final class HaproxySocket {
    private final Path path;

    HaproxySocket(Path path) {
        this.path = path;
    }

    /** Sends one command and returns the answer without surrounding blank lines. @throws IOException if HAProxy does not answer */
    String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer line = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Sends a command that answers nothing, or one of the given texts, when it has worked. */
    void tell(String command, String... good) throws IOException {
        String answer = ask(command);
        if (!answer.isEmpty() && java.util.Arrays.stream(good).noneMatch(answer::startsWith)) {
            throw new IOException("HAProxy answered '" + answer + "' to '" + command + "'");
        }
    }

    /** Lines of {@code show stat}, each by column name. */
    List<Map<String, String>> stat() throws IOException {
        String[] lines = ask("show stat").split("\n");
        String[] columns = lines[0].replaceFirst("^# ", "").split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] cells = lines[i].split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < columns.length && c < cells.length; c++) {
                row.put(columns[c], cells[c]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Environment variable HAProxy was started with, or null. @throws IOException if it does not run */
    String environment(String name) throws IOException {
        String answer = ask("show env " + name);
        return answer.startsWith(name + "=") ? answer.substring(name.length() + 1) : null;
    }
}
