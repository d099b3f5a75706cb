package eu.conpaas.service.mysql.internal.data.agent;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lets a dump through without the system's own databases, which dumps of 1.3.1 and of other servers have in them and which would replace this server's
 * accounts. What dump programs write is told by its first line; in such a dump a line that begins with {@code USE} is a statement, since line ends inside
 * texts are escaped. Left-out lines stay as empty ones, so that the line numbers of errors are those of the file.
 */
final class SystemTables extends FilterOutputStream {
    private static final List<String> DUMPS = List.of("-- MySQL dump", "-- MariaDB dump", "/*M!999999");
    private static final List<String> SYSTEM = List.of("USE `mysql`;", "USE `sys`;", "USE `performance_schema`;", "USE `information_schema`;");
    private static final int LONGEST = 32;
    private final byte[] start = new byte[LONGEST];
    private int length;
    private boolean atStart = true;
    private boolean first = true;
    private boolean active;
    private boolean skipping;

    SystemTables(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int end = offset + count;
        int at = offset;
        while (at < end) {
            if (atStart) {
                byte b = bytes[at++];
                start[length++] = b;
                if (length == LONGEST || b == '\n') {
                    decide();
                    atStart = b == '\n';
                }
            } else {
                int from = at;
                while (at < end && bytes[at] != '\n') {
                    at++;
                }
                boolean ended = at < end;
                at += ended ? 1 : 0;
                pass(bytes, from, at - from, ended);
                atStart = ended;
            }
        }
    }

    private void decide() throws IOException {
        String line = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        if (first) {
            active = DUMPS.stream().anyMatch(line::startsWith);
            first = false;
        }
        if (active && line.startsWith("USE `")) {
            skipping = SYSTEM.stream().anyMatch(line::startsWith);
        }
        pass(start, 0, length, length > 0 && start[length - 1] == '\n');
        length = 0;
    }

    private void pass(byte[] bytes, int offset, int count, boolean endsLine) throws IOException {
        if (!skipping) {
            out.write(bytes, offset, count);
        } else if (endsLine) {
            out.write('\n');
        }
    }

    /** Passes on a last line without an end. Does not close what is behind. */
    void finish() throws IOException {
        if (length > 0) {
            decide();
        }
        out.flush();
    }
}
