package eu.conpaas.service.data;

import java.util.regex.Pattern;

/**
 * A part of what a service holds beyond code, settings and start-up script: its users' files, a database.
 *
 * @param name   {@code [a-z][a-z0-9-]{0,63}}, unique within the service and the same on both sides of an export
 * @param node   id of the agent node that can stream it ({@code ServiceAgent.save}), or null if the manager does
 * @param format {@link #TAR} (plain files, folders and links inside it; checked before anything is made of it) or {@link #OPAQUE}
 */
public record DataPart(String name, String node, String format) {
    /** An uncompressed tar archive that the director checks as strictly as an upload. */
    public static final String TAR = "tar";
    /** Bytes only the service type understands, and checks itself. */
    public static final String OPAQUE = "opaque";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public DataPart {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a part");
        }
        if (!TAR.equals(format) && !OPAQUE.equals(format)) {
            throw new IllegalArgumentException("part " + name + " has no known format: " + format);
        }
    }
}
