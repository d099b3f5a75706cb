package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The machine's programs the local cloud needs, and the packages that bring them. */
final class Tools {
    private static final Map<String, String> LOOPBACK = Map.of("tini", "tini", "setsid", "util-linux");
    private static final Map<String, String> NAMESPACES = Map.of("ip", "iproute2", "unshare", "util-linux", "nsenter", "util-linux",
            "setpriv", "util-linux", "mount", "mount", "umount", "mount", "pivot_root", "util-linux");

    private Tools() {
    }

    /** @throws CloudException BAD_REQUEST naming the packages to install if programs are missing */
    static void require(Mode mode) {
        Map<String, String> wanted = new LinkedHashMap<>(LOOPBACK);
        if (mode == Mode.NAMESPACES) {
            wanted.putAll(NAMESPACES);
        }
        wanted.keySet().removeIf(Tools::present);
        if (!wanted.isEmpty()) {
            throw new CloudException(CloudException.Kind.BAD_REQUEST, "the local cloud needs " + new TreeSet<>(wanted.keySet())
                    + " in mode " + mode.id() + "; install: apt-get install " + String.join(" ", new TreeSet<>(wanted.values())));
        }
    }

    private static boolean present(String program) {
        for (String folder : Commands.PATH.split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
