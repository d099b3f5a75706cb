package eu.conpaas.engine.tomcat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The few commands of Redis that sessions need. No client library: whatever is on this class path is seen by applications, which bring their
 * own. Commands are repeated once on a new connection when the old one turns out to be closed, so only repeatable ones may be sent.
 */
final class Redis {
    private static final int CONNECT = 3_000;
    /** The way to the store may wait while its node is replaced. */
    private static final int ANSWER = 60_000;
    private static final int IDLE = 32;
    private final InetSocketAddress address;
    private final String password;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    Redis(String url) {
        URI uri = URI.create(url);
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.password = uri.getUserInfo().substring(1);
    }

    /** One command's argument. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Sends commands in one go.
     *
     * @return their answers: byte arrays, null for none, Long, or lists of these
     * @throws IOException if Redis cannot be reached or refuses one
     */
    List<Object> send(List<byte[][]> commands) throws IOException {
        Connection connection = idle.pollFirst();
        if (connection != null) {
            try {
                return finish(connection, commands);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                connection.close();
            }
        }
        connection = new Connection();
        try {
            return finish(connection, commands);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    Object send(byte[]... command) throws IOException {
        return send(List.<byte[][]>of(command)).getFirst();
    }

    private List<Object> finish(Connection connection, List<byte[][]> commands) throws IOException {
        List<Object> answers = connection.send(commands);
        if (idle.size() < IDLE) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
        for (Object answer : answers) {
            if (answer instanceof RefusedException refused) {
                throw refused;
            }
        }
        return answers;
    }

    /** Redis understood and said no. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final class Connection {
        private final Socket socket = new Socket();
        private final BufferedInputStream in;

        Connection() throws IOException {
            try {
                socket.connect(address, CONNECT);
                socket.setSoTimeout(ANSWER);
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream());
                if (send(List.<byte[][]>of(new byte[][] {bytes("AUTH"), bytes(password)})).getFirst() instanceof RefusedException refused) {
                    throw refused;
                }
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        List<Object> send(List<byte[][]> commands) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[][] command : commands) {
                out.writeBytes(bytes("*" + command.length + "\r\n"));
                for (byte[] argument : command) {
                    out.writeBytes(bytes("$" + argument.length + "\r\n"));
                    out.writeBytes(argument);
                    out.writeBytes(bytes("\r\n"));
                }
            }
            out.writeTo(socket.getOutputStream());
            List<Object> answers = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                answers.add(answer());
            }
            return answers;
        }

        private Object answer() throws IOException {
            String line = line();
            String rest = line.substring(1);
            return switch (line.charAt(0)) {
                case '+' -> bytes(rest);
                case '-' -> new RefusedException("the session store answered " + rest);
                case ':' -> Long.valueOf(rest);
                case '$' -> bulk(Integer.parseInt(rest));
                case '*' -> list(Integer.parseInt(rest));
                default -> throw new IOException("not an answer of Redis: " + line);
            };
        }

        private byte[] bulk(int size) throws IOException {
            if (size < 0) {
                return null;
            }
            byte[] data = in.readNBytes(size + 2);
            if (data.length < size + 2) {
                throw new EOFException("the session store closed the connection");
            }
            return java.util.Arrays.copyOf(data, size);
        }

        private Object list(int size) throws IOException {
            if (size < 0) {
                return null;
            }
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(answer());
            }
            return list;
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("the session store closed the connection");
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
