package eu.conpaas.service.web.sessions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends single commands to a Redis server.
 *
 * @param password letters, digits, _ and -
 */
public record RedisClient(String address, int port, String password) {
    private static final int CONNECT_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 10_000;

    /**
     * The raw answer, those to signing in and out included; one that begins a line with {@code -} is a refusal.
     *
     * @param command in the inline form
     * @throws java.net.SocketException if it is not there
     */
    public String ask(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** @throws IOException if it refuses */
    public void tell(String command) throws IOException {
        String answer = ask(command);
        if (answer.lines().anyMatch(line -> line.startsWith("-"))) {
            throw new IOException("the session store at " + address + " answered " + answer.strip());
        }
    }
}
