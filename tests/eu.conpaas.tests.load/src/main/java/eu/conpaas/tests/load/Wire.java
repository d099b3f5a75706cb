package eu.conpaas.tests.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One connection of a strict client: it never repeats a request, and knows before it sends whether the server has closed the
 * connection while it was idle.
 */
public final class Wire implements Closeable {
    private final SocketChannel channel;
    private final String host;
    private final InputStream in;
    private long lastUsed = System.nanoTime();

    private Wire(SocketChannel channel, String host) throws IOException {
        this.channel = channel;
        this.host = host;
        this.in = new BufferedInputStream(channel.socket().getInputStream(), 16 * 1024);
    }

    /**
     * Opens a connection.
     *
     * @param host sent as Host
     */
    public static Wire open(InetSocketAddress address, String host, Duration timeout) throws RequestFailed {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, (int) timeout.toMillis());
            return new Wire(channel, host);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new RequestFailed(e instanceof SocketTimeoutException ? Outcome.TIMEOUT : Outcome.REFUSED,
                    "connect: " + e.getMessage(), e);
        }
    }

    /** Whether the server still holds its end; looks without waiting. */
    public boolean isOpen() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return false; // closed by the server, which is what was asked
        }
    }

    /** How long it has not been used. */
    public Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Sends one request and reads the whole answer, whatever its status. */
    public Answer exchange(String method, String path, Map<String, String> headers, byte[] body, boolean keepAlive, Duration timeout)
            throws RequestFailed {
        AnswerReader reader = new AnswerReader(in);
        try {
            channel.socket().setSoTimeout((int) Math.max(1, timeout.toMillis()));
            StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
            headers.forEach((k, v) -> head.append(k).append(": ").append(v).append("\r\n"));
            if (!keepAlive) {
                head.append("Connection: close\r\n");
            }
            if (body.length > 0 || method.equals("POST")) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = new byte[start.length + body.length];
            System.arraycopy(start, 0, all, 0, start.length);
            System.arraycopy(body, 0, all, start.length, body.length);
            channel.socket().getOutputStream().write(all);
            Answer answer = reader.read(method.equals("HEAD"));
            lastUsed = System.nanoTime();
            return answer;
        } catch (SocketTimeoutException e) {
            throw new RequestFailed(Outcome.TIMEOUT, "no whole answer in " + timeout.toMillis() + " ms", e);
        } catch (EOFException e) {
            throw new RequestFailed(reader.hasBegun() ? Outcome.CUT : Outcome.RESET, e.getMessage(), e);
        } catch (IOException | NumberFormatException e) {
            throw new RequestFailed(reader.hasBegun() ? Outcome.CUT : Outcome.RESET, e.toString(), e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("closing a socket", e);
            }
        }
    }
}
