package eu.conpaas.service.archive;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.archive.ArchiveEntry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows what has been seen of one archive, and refuses whatever would reach outside the folder it is unpacked to. */
final class EntryGuard {
    private static final String NEXT = "Make the archive again from inside the application's folder, with plain files and relative links only.";
    private final Map<String, Kind> seen = new HashMap<>();

    /** The entry's path, normalised. Empty for the archive's own top folder. */
    String path(String name) {
        if (name.startsWith("/") || name.matches("[A-Za-z]:[/\\\\].*")) {
            throw bad("Absolute file names are not allowed in archive members: " + name + ".");
        }
        if (name.indexOf('\0') >= 0) {
            throw bad("Invalid archive format: a member's name has a NUL character in it: " + name.replace('\0', '?') + ".");
        }
        return String.join("/", inside(List.of(), name, "Absolute file names are not allowed in archive members, and neither are names that lead "
                + "out of the archive: " + name + "."));
    }

    /** Notes an entry; refuses one that stands below a link or in the place of another kind of entry. */
    void enter(String path, Kind kind) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            Kind there = seen.putIfAbsent(parent, Kind.FOLDER);
            if (there != null && there != Kind.FOLDER) {
                throw bad("Links are not allowed as folders of archive members: " + path + " lies below " + parent + ", which is no folder.");
            }
        }
        Kind there = seen.put(path, kind);
        if (there != null && (there != kind || kind == Kind.SYMLINK)) {
            throw bad("Invalid archive format: " + path + " is in the archive twice, as different things.");
        }
    }

    /**
     * Checks a symbolic link's text. Leading {@code ..} are counted from the link's folder; further ones are refused, since what they mean
     * would depend on other links.
     */
    void symlink(String path, String target) {
        String cause = "Links that point outside of the archive are not allowed: " + path + " -> " + target + ".";
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw bad(cause);
        }
        List<String> folder = new ArrayList<>(List.of(path.split("/")));
        folder.removeLast();
        boolean down = false;
        for (String part : target.split("/")) {
            if (part.equals("..") && down) {
                throw bad(cause);
            }
            down |= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        inside(folder, target, cause);
    }

    /** Checks a hard link, which may only name a file that came before it. */
    String hardlink(String path, String target) {
        String normal = path(target);
        if (seen.get(normal) != Kind.FILE) {
            throw bad("Hard links to anything but files of the archive are not allowed: " + path + " -> " + target + ".");
        }
        return normal;
    }

    static ApiException bad(String cause) {
        return new ApiException(ErrorCode.BAD_ARCHIVE, cause, NEXT);
    }

    private static List<String> inside(List<String> start, String name, String cause) {
        List<String> parts = new ArrayList<>(start);
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw bad(cause);
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }
}
