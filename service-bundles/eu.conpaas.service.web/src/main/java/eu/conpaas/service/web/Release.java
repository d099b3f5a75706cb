package eu.conpaas.service.web;

import eu.conpaas.api.DesiredState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A code version as it lies on the nodes: unpacked, with the persistent folders put in. The same code with other persistent folders is
 * another release, so that both can be served side by side.
 *
 * @param version    code version id
 * @param persistent persistent folders, relative, in the user's order
 */
public record Release(String version, List<String> persistent) {
    /** The version every service has: one welcome page. */
    public static final String DEFAULT = "code-default";
    /** The setting that names persistent folders. */
    public static final String PERSISTENT = "persistent_paths";

    public Release {
        persistent = List.copyOf(persistent);
    }

    /** The release that is to be served in this state. */
    public static Release of(DesiredState state) {
        return of(state.codeVersion(), state);
    }

    /** A code version with the state's persistent folders. */
    public static Release of(String version, DesiredState state) {
        return new Release(version == null ? DEFAULT : version, paths(state.settings().getOrDefault(PERSISTENT, "")));
    }

    /** The folders a value of the setting names. */
    public static List<String> paths(String setting) {
        return Arrays.stream(setting.split(",")).map(String::strip).filter(p -> !p.isEmpty()).distinct().toList();
    }

    /** Name of its folder, which is also what travels in the version header. */
    public String name() {
        return persistent.isEmpty() ? version : version + "~" + digest(String.join(",", persistent)).substring(0, 8);
    }

    /** SHA-256 in hexadecimal digits. */
    public static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
