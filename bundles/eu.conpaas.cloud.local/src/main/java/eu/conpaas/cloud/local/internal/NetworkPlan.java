package eu.conpaas.cloud.local.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names and addresses of an installation, kept on disk.
 *
 * @param format version of this record
 * @param tag    start of the names of everything made for the installation, at most 10 characters
 * @param mode   {@link Mode#id} the prefix is for
 * @param prefix first three numbers of its addresses
 */
record NetworkPlan(int format, String tag, String mode, String prefix) {
    /** Last numbers of nodes: 1 to this. */
    static final int LAST_NODE = 199;
    /** Last numbers of reserved addresses: from the one after the nodes' to this. */
    static final int LAST_RESERVED = 253;
    /** Last number of the bridge. */
    static final int HOST = 254;

    /** @param identity installation and cloud */
    static String tag(String identity) {
        return "cp" + HexFormat.of().formatHex(digest(identity), 0, 4);
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String bridge() {
        return tag + "b";
    }

    /** Host end of a node's veth pair. */
    String veth(int number) {
        return tag + "v" + number;
    }

    /** Folder with a short name for a node that has no file tree of its own: names of unix sockets may not be long. */
    Path run(int number) {
        return Path.of("/tmp", tag + "r" + number);
    }

    String address(int number) {
        return prefix + "." + number;
    }

    /** Hardware address that belongs to an IP address for good, so that no neighbour ever remembers a wrong one. */
    String hardware(int number) {
        String[] n = prefix.split("\\.");
        return "02:c0:%02x:%02x:%02x:%02x".formatted(Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]), number);
    }
}
