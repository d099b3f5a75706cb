package eu.conpaas.service.java.internal.tomcat;

import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Command and configuration of one Tomcat. */
final class TomcatFile {
    private static final String MAIN = "eu.conpaas.engine.tomcat.Main";
    private static final List<String> OPENED = List.of("java.base/java.lang", "java.base/java.lang.invoke", "java.base/java.lang.reflect",
            "java.base/java.io", "java.base/java.util", "java.base/java.util.concurrent", "java.rmi/sun.rmi.transport");
    private final Place place;
    private final String key;
    private final String control;
    private final Path hosted;
    private final Path base;

    TomcatFile(Place place, String key, String control, Path hosted, Path base) {
        this.place = place;
        this.key = key;
        this.control = control;
        this.hosted = hosted;
        this.base = base;
    }

    /** Seconds that requests have when a version or a Tomcat ends. */
    static int timeout(EnginesDoc set) {
        return Integer.parseInt(set.settings().get("request_timeout"));
    }

    /** Arguments of the JVM; heap and collector are as the settings' patterns allow. */
    List<String> command(EnginesDoc set, Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(EngineFiles.java(), "-Xmx" + set.settings().get("heap_size"), collector(set),
                "-XX:+ExitOnOutOfMemoryError", "-XX:+UseCompactObjectHeaders", "-XX:-UsePerfData", "-Xss512k", "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=" + base.resolve("temp"), "-Dcatalina.base=" + base));
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", EngineFiles.tomcat(), MAIN, file.toString()));
        return command;
    }

    private static String collector(EnginesDoc set) {
        return switch (set.settings().get("garbage_collector")) {
            case "parallel" -> "-XX:+UseParallelGC";
            case "g1" -> "-XX:+UseG1GC";
            case "z" -> "-XX:+UseZGC";
            default -> "-XX:+UseSerialGC";
        };
    }

    String text(EnginesDoc set) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("address", place.address());
        values.put("port", Integer.toString(set.port()));
        values.put("key", key);
        values.put("control", control);
        values.put("threads", Integer.toString(set.children()));
        values.put("post", Long.toString(bytes(set.settings().get("max_post_size"))));
        values.put("stop", Integer.toString(timeout(set)));
        values.put("base", base.toString());
        values.put("releases", place.releases().toString());
        values.put("hosted", hosted.toString());
        values.put("accessLog", place.log("backend-" + set.slot() + "-access.log").toString());
        values.put("sessions", "redis://:" + set.sessions() + "@" + place.address() + ":" + Roles.SESSIONS_DOOR);
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        return text.toString();
    }

    private static long bytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return switch (size.charAt(size.length() - 1)) {
            case 'K' -> number << 10;
            case 'M' -> number << 20;
            default -> number << 30;
        };
    }
}
