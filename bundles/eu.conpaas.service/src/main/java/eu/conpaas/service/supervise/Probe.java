package eu.conpaas.service.supervise;

import eu.conpaas.service.agent.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks a daemon once whether it answers. */
final class Probe {
    private static final int TIMEOUT_MS = 2000;

    private Probe() {
    }

    /** @return null if it answers, else what is wrong */
    static String ask(Readiness readiness) {
        try {
            switch (readiness) {
                case Readiness.Tcp tcp -> connect(tcp.address()).close();
                case Readiness.Unix unix -> SocketChannel.open(UnixDomainSocketAddress.of(unix.socket())).close();
                case Readiness.Http http -> get(http);
                case Readiness.Alive ignored -> {
                    return null;
                }
            }
            return null;
        } catch (IOException e) {
            return where(readiness) + ": " + e.getMessage();
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void get(Readiness.Http http) throws IOException {
        try (Socket socket = connect(http.address())) {
            String host = http.address().getAddress().getHostAddress();
            socket.getOutputStream().write(("GET " + http.path() + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes(12);
            String status = new String(head, StandardCharsets.US_ASCII);
            if (!status.startsWith("HTTP/1.") || head.length < 12 || status.charAt(9) > '3') {
                throw new IOException("answered '" + (head.length == 0 ? "nothing" : status) + "'");
            }
            byte[] rest = new byte[1024];
            while (socket.getInputStream().read(rest) >= 0) {
                Arrays.fill(rest, (byte) 0);
            }
        }
    }

    private static String where(Readiness readiness) {
        return switch (readiness) {
            case Readiness.Tcp tcp -> tcp.address().toString();
            case Readiness.Unix unix -> unix.socket().toString();
            case Readiness.Http http -> "http:/" + http.address() + http.path();
            case Readiness.Alive ignored -> "process";
        };
    }
}
