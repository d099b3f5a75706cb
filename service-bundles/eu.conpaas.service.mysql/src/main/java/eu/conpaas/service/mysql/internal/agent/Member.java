package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.mysql.internal.engine.DataFolder;
import eu.conpaas.service.mysql.internal.engine.ServerPlace;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A node's data folder. Where the service's nodes share a folder, each has one of its own in it, by its id; it outlives the node, and another node can take
 * it over by giving it its own name. A note in the folder tells what its server was.
 */
public final class Member {
    private static final String NOTE = "conpaas.member";
    private final Path all;
    private final ServerPlace place;

    /**
     * What a data folder's server was.
     *
     * @param lead   term in which it became master last, 0 if it never was
     * @param solo   whether it acknowledges, or did at last, commits that no replica has
     * @param cloned position at which it was cloned, until it follows from there; else null
     */
    public record Note(long lead, boolean solo, String cloned) {
        static final Note NEW = new Note(0, false, null);
    }

    public Member(AgentContext context) {
        all = (context.sharedFolder() == null ? context.folder() : context.sharedFolder()).resolve("data");
        place = new ServerPlace(context, all.resolve(context.node().node()));
    }

    public ServerPlace place() {
        return place;
    }

    public boolean isThere() {
        return new DataFolder(place).isThere();
    }

    public Note note() throws IOException {
        return note(place.data());
    }

    /** One of {@link #folders} by its name. @throws ApiException NOT_FOUND if there is none */
    public Path folder(String name) {
        if (!isName(name) || !Files.isDirectory(all.resolve(name).resolve("mysql"))) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no data folder '" + name + "'.", "See which there are.");
        }
        return all.resolve(name);
    }

    private static Note note(Path folder) throws IOException {
        Path file = folder.resolve(NOTE);
        return Files.exists(file) ? Json.convert(Json.map(Files.readString(file)), Note.class) : Note.NEW;
    }

    /** @param note takes the place of the one there is */
    public void note(Note note) throws IOException {
        note(place.data(), note);
    }

    void note(Path folder, Note note) throws IOException {
        AtomicFiles.write(folder.resolve(NOTE), Json.write(note));
        place.user().give(folder.resolve(NOTE));
    }

    /** All data folders, this node's own too: {@code {name, lead, solo}} each. */
    List<Map<String, Object>> folders() throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        if (Files.isDirectory(all)) {
            try (Stream<Path> folders = Files.list(all)) {
                for (Path folder : folders.filter(f -> isName(f.getFileName().toString()) && Files.isDirectory(f.resolve("mysql"))).sorted().toList()) {
                    Note note = note(folder);
                    found.add(Map.of("name", folder.getFileName().toString(), "lead", note.lead(), "solo", note.solo()));
                }
            }
        }
        return found;
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z0-9_-]+");
    }

    /** Takes over the folder of a node that is no more. Does nothing if this node has data. */
    void adopt(String from) throws IOException {
        if (isThere()) {
            return;
        }
        Files.move(folder(from), place.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes this node's data. @param led whether also those of a server that was master once */
    void drop(boolean led) throws IOException {
        if (Files.exists(place.data()) && (led || note().lead() == 0)) {
            discard(place.data());
        }
    }

    /** Deletes data folders of nodes that are no more. Those of nodes named are kept, and every one that may hold what no other has. */
    void tidy(List<String> keep, long lead) throws IOException {
        for (Map<String, Object> folder : folders()) {
            String name = folder.get("name").toString();
            if (!keep.contains(name) && (long) folder.get("lead") <= lead && !(boolean) folder.get("solo")) {
                discard(all.resolve(name));
            }
        }
    }

    /** Out of sight first, so that what is cut short is not taken for data. */
    private static void discard(Path folder) throws IOException {
        Path trash = folder.resolveSibling(folder.getFileName() + ".gone");
        Unpacker.delete(trash);
        Files.move(folder, trash, StandardCopyOption.ATOMIC_MOVE);
        Unpacker.delete(trash);
    }
}
