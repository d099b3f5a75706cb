package eu.conpaas.service.mysql.internal.agent.clone;

import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.mysql.internal.doc.Gtid;
import eu.conpaas.service.mysql.internal.doc.Progress;
import eu.conpaas.service.mysql.internal.engine.ClusterFiles;
import eu.conpaas.service.mysql.internal.engine.DataFolder;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the copy of a running server that a {@link CloneSender} sends, and makes it this node's data. One at a time: a new one ends the one before, whose
 * manager is no more.
 */
public final class CloneReceiver {
    /** What one side says to the other when it is done. */
    static final int WHOLE = 'w';
    private static final int WAIT_MS = 60_000;
    private final ServerPlace place;
    private ServerSocket listening;
    private Socket talking;

    public CloneReceiver(ServerPlace place) {
        this.place = place;
    }

    /** Position a copy was taken at is put in the folder by this before it gets the data's name. */
    public interface Mark {
        void put(Path folder, String gtid) throws IOException;
    }

    /** Waits for the copy, takes it and puts it in place. @throws IOException if it does not come whole; nothing of it is left then */
    public void receive(int port, String key, Mark mark) throws IOException {
        abort();
        DataFolder data = new DataFolder(place);
        Path fresh = data.beside("clone-" + Long.toString(System.nanoTime(), 36));
        place.user().folder(fresh.getParent());
        clear(fresh.getParent());
        place.user().folder(fresh);
        try {
            take(fresh, port, key);
            prepare(fresh);
            mark.put(fresh, position(fresh));
            ofCluster(fresh);
            data.replace(fresh);
        } catch (IOException | RuntimeException e) {
            Unpacker.delete(fresh);
            throw e;
        }
    }

    /** Remains of copies that were cut short. */
    private void clear(Path folder) throws IOException {
        try (var remains = Files.newDirectoryStream(folder, place.data().getFileName() + ".clone-*")) {
            for (Path path : remains) {
                Unpacker.delete(path);
            }
        }
    }

    private void take(Path fresh, int port, String key) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(place.address()), port), 1);
            server.setSoTimeout(WAIT_MS);
            hold(server, null);
            try (Socket socket = server.accept()) {
                hold(server, socket);
                socket.setSoTimeout(WAIT_MS);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                unpack(fresh, in, key);
                if (in.read() != WHOLE) {
                    throw new IOException("the copy was not finished");
                }
                socket.getOutputStream().write(WHOLE);
            }
        } finally {
            hold(null, null);
        }
    }

    private void unpack(Path fresh, InputStream in, String key) throws IOException {
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(List.of(ServerPlace.program("mbstream"), "-x", "-C", fresh.toString()));
        new Program(command).input(out -> Sealed.receive(in, out, key)).text();
    }

    private void prepare(Path fresh) throws IOException {
        List<String> command = new ArrayList<>(place.user().prefix());
        command.addAll(List.of(ServerPlace.program("mariadb-backup"), "--no-defaults", "--prepare", "--target-dir=" + fresh, "--tmpdir=" + place.folder("tmp")));
        new Program(command).in(fresh).text();
    }

    /** The third word of the copy's own note is the position. */
    private static String position(Path fresh) throws IOException {
        Path note = fresh.resolve("xtrabackup_binlog_info");
        String[] words = Files.readString(note).strip().split("\t");
        return words.length < 3 ? "" : Gtid.checked(words[2].replace("\n", "").strip());
    }

    /** A copy of a cluster's server says so itself; with it comes the log being written just then, which is not this server's. */
    private void ofCluster(Path fresh) throws IOException {
        Path note = fresh.resolve("xtrabackup_galera_info");
        if (Files.exists(note)) {
            String[] words = Files.readString(note).strip().split("[: ]");
            new ClusterFiles(place).mark(fresh, new Progress(words[0], Long.parseLong(words[1])));
            try (var logs = Files.newDirectoryStream(fresh, "binlog.*")) {
                for (Path log : logs) {
                    Files.delete(log);
                }
            }
        }
    }

    private synchronized void hold(ServerSocket server, Socket socket) {
        listening = server;
        talking = socket;
    }

    /** Ends a copy under way. */
    public synchronized void abort() throws IOException {
        if (talking != null) {
            talking.close();
        }
        if (listening != null) {
            listening.close();
        }
    }
}
