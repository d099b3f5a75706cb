package eu.conpaas.service.mysql.internal.data.agent;

import eu.conpaas.service.archive.Unpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The archive of binary logs: {@code <history>/<term>-<node>/binlog.NNNNNN}. A history is what was written between two restores of the databases; a term is
 * one leadership of one master. The log of a later master begins at a position the earlier ones have too, and has all that happened since; what an earlier
 * one has beyond that position may never have been acknowledged and does not count.
 *
 * @param folder of all histories
 */
record Archive(Path folder) {
    private static final String LOG = "binlog\\.\\d+";
    private static final String UNTIL = "until";

    /** The log of one master. */
    record Term(Path folder) {
        /** In the order they were written. */
        List<Path> files() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(f -> f.getFileName().toString().matches(LOG)).sorted().toList();
            }
        }

        /** Position before its first transaction. */
        Optional<Position> start() throws IOException {
            List<Path> files = files();
            return files.isEmpty() ? Optional.empty() : BinlogFile.before(files.getFirst());
        }

        Path until() {
            return folder.resolve(UNTIL);
        }
    }

    Path history(int number) {
        return folder.resolve("%06d".formatted(number));
    }

    Path term(int history, long term, String node) {
        return history(history).resolve("%012d-%s".formatted(term, node));
    }

    /** Numbers of histories there are. */
    List<Integer> histories() throws IOException {
        return names(folder).filter(n -> n.matches("\\d{6}")).map(Integer::valueOf).toList();
    }

    /** Oldest first; those without a readable log are left out. */
    List<Term> terms(int history) throws IOException {
        List<Term> terms = new java.util.ArrayList<>();
        for (String name : names(history(history)).toList()) {
            Term term = new Term(history(history).resolve(name));
            if (term.start().isPresent()) {
                terms.add(term);
            }
        }
        return terms;
    }

    private static Stream<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** Second up to which a history is whole, 0 if nothing of it is there. */
    long until(int history) throws IOException {
        long until = 0;
        for (Term term : terms(history)) {
            if (Files.isRegularFile(term.until())) {
                until = Math.max(until, Long.parseLong(Files.readString(term.until()).strip()));
            }
        }
        return until;
    }

    /** Drops what is not needed to go on from a position; with none, the whole history. */
    void prune(int history, Position oldest) throws IOException {
        if (oldest == null) {
            Unpacker.delete(history(history));
            return;
        }
        List<Term> terms = terms(history);
        for (int i = 0; i < terms.size(); i++) {
            if (i + 1 < terms.size() && terms.get(i + 1).start().orElseThrow().isIn(oldest)) {
                Unpacker.delete(terms.get(i).folder());
            } else {
                prune(terms.get(i).files(), oldest);
            }
        }
    }

    private static void prune(List<Path> files, Position oldest) throws IOException {
        for (int i = 0; i + 1 < files.size(); i++) {
            Optional<Position> next = BinlogFile.before(files.get(i + 1));
            if (next.isEmpty() || !next.get().isIn(oldest)) {
                return;
            }
            Files.deleteIfExists(files.get(i));
        }
    }
}
