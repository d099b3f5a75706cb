package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.mysql.internal.data.backup.Moment;
import eu.conpaas.service.mysql.internal.engine.Program;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.mysql.internal.engine.Sql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Carries out again what the archive has from a position on, up to and with a second. */
final class Replay {
    private final Archive archive;
    private final int history;
    private final Task task;

    Replay(Archive archive, int history, Task task) {
        this.archive = archive;
        this.history = history;
        this.task = task;
    }

    /** What is taken of one master's log: from a position, or, with null, its beginning, to another, or, with null, its end. */
    record Piece(List<Path> files, Position from, Position to) {
    }

    void run(Position from, Instant time, Path socket) throws IOException {
        for (Piece piece : pieces(from)) {
            play(piece, time, socket);
        }
    }

    /** The log of the latest master that reaches back far enough, then those after it, each from where it begins. */
    List<Piece> pieces(Position from) throws IOException {
        List<Archive.Term> terms = archive.terms(history);
        int first = -1;
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).start().orElseThrow().isIn(from)) {
                first = i;
            }
        }
        if (first < 0) {
            throw new ApiException(ErrorCode.STEP_FAILED, "The log of what was written since the backup is not there.", "Restore the backup without a time.");
        }
        List<Piece> pieces = new ArrayList<>();
        Position at = from;
        for (int i = first; i < terms.size(); i++) {
            Position end = i + 1 < terms.size() ? terms.get(i + 1).start().orElseThrow() : null;
            if (end == null || !end.isIn(at)) {
                boolean whole = terms.get(i).start().orElseThrow().sequence() == at.sequence();
                pieces.add(new Piece(terms.get(i).files(), whole ? null : at, end));
                at = end;
            }
        }
        return pieces;
    }

    private void play(Piece piece, Instant time, Path socket) throws IOException {
        List<String> read = new ArrayList<>(List.of(ServerPlace.program("mariadb-binlog"), "--no-defaults",
                "--stop-datetime=" + Moment.forPrograms(time.plusSeconds(1))));
        if (piece.from() != null) {
            read.add("--start-position=" + piece.from());
        }
        if (piece.to() != null) {
            read.add("--stop-position=" + piece.to());
        }
        piece.files().forEach(f -> read.add(f.toString()));
        List<String> write = new ArrayList<>(Sql.client(socket));
        write.addAll(List.of("--batch", "--binary-mode"));
        new Program(write).cancel(task.cancel()).input(out -> new Program(read).cancel(task.cancel()).run(in -> {
            byte[] buffer = new byte[64 << 10];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                bytes += n;
                task.word((bytes >> 20) + " MiB of the log carried out again");
            }
        })).run(in -> in.transferTo(OutputStream.nullOutputStream()));
    }
}
