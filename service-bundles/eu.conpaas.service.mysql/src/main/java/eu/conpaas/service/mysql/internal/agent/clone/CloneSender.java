package eu.conpaas.service.mysql.internal.agent.clone;

import eu.conpaas.service.mysql.internal.engine.ClusterFiles;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Copies a running server to another node, while it goes on serving. */
public final class CloneSender {
    private static final Duration CONNECT = Duration.ofSeconds(60);
    private static final int RETRY_MS = 50;
    private final ServerPlace place;

    public CloneSender(ServerPlace place) {
        this.place = place;
    }

    /** Sends everything; returns when the other side has it all, unpacked. @throws IOException if it has not */
    public void send(String address, int port, String key) throws IOException {
        try (Socket socket = connect(new InetSocketAddress(address, port))) {
            Path scratch = place.folder("tmp");
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            List<String> command = new ArrayList<>(List.of(ServerPlace.program("mariadb-backup"), "--no-defaults", "--backup", "--stream=mbstream", "--datadir=" + place.data(),
                    "--socket=" + place.socket(), "--user=" + ServerPlace.account(), "--target-dir=" + scratch, "--tmpdir=" + scratch));
            if (new ClusterFiles(place).areOfCluster()) {
                command.add("--galera-info");
            }
            new Program(command).run(in -> Sealed.send(in, out, key));
            out.write(CloneReceiver.WHOLE);
            out.flush();
            if (socket.getInputStream().read() != CloneReceiver.WHOLE) {
                throw new IOException(address + " could not take the copy");
            }
        }
    }

    private static Socket connect(InetSocketAddress target) throws IOException {
        long deadline = System.nanoTime() + CONNECT.toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(target, 5000);
                return socket;
            } catch (ConnectException e) {
                socket.close();
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            try {
                Thread.sleep(RETRY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("no longer wanted", e);
            }
        }
    }
}
