package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Java site under load, with a user who stays signed in. Of the deaths and settings the normal tier takes one by the printed seed. */
@ExtendWith(Sampled.class)
class JavaZeroFailTest extends ZeroFailProgram {
    private static final List<String> SAMPLED = List.of("roll-back", "settings", "manager", "director", "engine", "agent", "node");
    private final String sample = SAMPLED.get((int) Math.floorMod(Long.getLong("conpaas.seed", 1), (long) SAMPLED.size()));
    private final Platform running;
    private Site deployed;
    private Map<String, String> session;

    JavaZeroFailTest(Platform platform) {
        super(new Hosting("", "eu.conpaas.engine.tomcat", "set_java_config", "heap_size", "192M", 3));
        this.running = platform;
    }

    @Override
    Site site() throws Exception {
        System.out.println("seed " + Long.getLong("conpaas.seed", 1) + ": " + (Running.LONG ? "all" : sample));
        deployed = JavaApp.deploy(running);
        String cookie = deployed.send("POST", "/login", Map.of("Content-Type", "application/x-www-form-urlencoded"), "name=Ada".getBytes(StandardCharsets.US_ASCII))
                .header("set-cookie");
        session = Map.of("Cookie", cookie.split(";")[0]);
        return deployed;
    }

    @Override
    boolean isAsked(String part) {
        return Running.LONG || part.equals(sample);
    }

    @Override
    void always() {
        String text = new String(deployed.send("GET", "/who", session, new byte[0]).body(), StandardCharsets.UTF_8);
        assertTrue(text.contains("login=Ada "), text);
    }

    @Override
    void leave() {
        JavaApp.end(deployed);
    }
}
