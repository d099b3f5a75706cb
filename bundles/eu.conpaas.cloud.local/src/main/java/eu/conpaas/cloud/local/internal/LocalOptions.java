package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cloud's options, checked.
 *
 * @param mode        asked for, or null to find out
 * @param subnet      first three numbers of the subnet, such as {@code 10.9.8}, or null to choose
 * @param sizes       by name
 * @param defaultSize name of the size of nodes that ask for none
 * @param visible     folders of the machine that nodes see, read-only, beyond those every program needs
 * @param shared      whether nodes may have a folder in common
 */
record LocalOptions(Mode mode, String subnet, Map<String, Size> sizes, String defaultSize, List<Path> visible, boolean shared) {
    private static final Pattern SUBNET = Pattern.compile(
            "((?:10\\.(?:\\d{1,3})|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.(\\d{1,3}))\\.0/24");

    /** Keys with help, in the order of the documentation. */
    static final Map<String, String> KEYS = keys();

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("MODE", "auto (default), namespaces (needs root) or loopback (no isolation)");
        keys.put("SUBNET", "private /24 of the nodes in mode namespaces, such as 10.9.8.0/24; a free one is chosen if not given");
        keys.put("SIZES", "sizes as name=memory/processors, default: " + Size.DEFAULTS);
        keys.put("DEFAULT_SIZE", "size of nodes that ask for none, default: medium, or the first of SIZES");
        keys.put("VISIBLE", "folders of this machine nodes see read-only beyond /usr, /etc and /opt, joined by ':', default: /var/lib/dpkg");
        keys.put("SHARED_FOLDERS", "true (default), or false: services get no folder that all their nodes share, as on clouds that have none");
        return Map.copyOf(keys);
    }

    static LocalOptions of(Map<String, String> options) {
        options.keySet().forEach(key -> {
            if (!KEYS.containsKey(key) && !key.equals("DRIVER")) {
                throw bad(key + ": unknown; known are " + KEYS.keySet().stream().sorted().toList());
            }
        });
        Map<String, Size> sizes = Size.parse(options.getOrDefault("SIZES", Size.DEFAULTS));
        String size = options.getOrDefault("DEFAULT_SIZE", sizes.containsKey("medium") ? "medium" : sizes.keySet().iterator().next());
        if (!sizes.containsKey(size)) {
            throw bad("DEFAULT_SIZE: '" + size + "' is not one of SIZES " + sizes.keySet());
        }
        return new LocalOptions(mode(options.getOrDefault("MODE", "auto")), subnet(options.get("SUBNET")), sizes, size,
                visible(options.getOrDefault("VISIBLE", "/var/lib/dpkg")), shared(options.getOrDefault("SHARED_FOLDERS", "true")));
    }

    private static boolean shared(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad("SHARED_FOLDERS: '" + text + "' is neither true nor false");
        };
    }

    /** The size a request asks for. @throws CloudException BAD_REQUEST if there is none of that name */
    Size size(String name) {
        Size size = sizes.get(name == null || name.isEmpty() ? defaultSize : name);
        if (size == null) {
            throw bad("no size '" + name + "' on this cloud; there are " + sizes.keySet());
        }
        return size;
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "auto" -> null;
            case "namespaces", "loopback" -> Mode.of(text);
            default -> throw bad("MODE: '" + text + "' is none of auto, namespaces, loopback");
        };
    }

    private static String subnet(String text) {
        if (text == null) {
            return null;
        }
        var m = SUBNET.matcher(text);
        if (!m.matches() || Stream.of(m.group(1).split("\\.")).anyMatch(n -> Integer.parseInt(n) > 255)) {
            throw bad("SUBNET: '" + text + "' is not a private network of the form 10.9.8.0/24");
        }
        return m.group(1);
    }

    private static List<Path> visible(String text) {
        List<Path> paths = Stream.of(text.split(":")).filter(s -> !s.isEmpty()).map(Path::of).toList();
        for (Path path : paths) {
            if (!path.isAbsolute() || !path.equals(path.normalize()) || path.getNameCount() == 0) {
                throw bad("VISIBLE: '" + path + "' is not the absolute path of a folder");
            }
        }
        return paths.stream().filter(Files::isDirectory).toList();
    }

    private static CloudException bad(String message) {
        return new CloudException(CloudException.Kind.BAD_REQUEST, message);
    }
}
