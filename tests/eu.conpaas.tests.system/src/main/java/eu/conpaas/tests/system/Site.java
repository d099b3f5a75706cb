package eu.conpaas.tests.system;

import eu.conpaas.tests.load.Answer;
import eu.conpaas.tests.load.Fence;
import eu.conpaas.tests.load.RequestFailed;
import eu.conpaas.tests.load.SampleApp;
import eu.conpaas.tests.load.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web hosting service with two versions of an application; as {@link #deploy} makes it: PHP, the first of them active, {@code data} persistent.
 *
 * @param platform it runs on
 * @param type     of the service
 * @param sid      its id
 * @param first    code version id of version 1
 * @param second   code version id of version 2
 * @param port     it is served at: 80, or 8080 where nodes may not use that
 */
public record Site(Platform platform, String type, long sid, String first, String second, int port) {
    private static final Pattern SHOWN = Pattern.compile("(?m)^Application: http://[0-9.]+(?::(\\d+))?$");

    /** Makes and starts one, on a single node. */
    public static Site deploy(Platform platform) {
        try {
            Path folder = platform.folder();
            long sid = platform.create("php");
            String first = platform.upload(sid, SampleApp.archive(folder.resolve("app1.tar.gz"), "1", 0));
            String second = platform.upload(sid, SampleApp.archive(folder.resolve("app2.tar.gz"), "2", 0));
            Site site = new Site(platform, "php", sid, first, second, 0);
            site.change("set_php_config", "persistent_paths", "data");
            site.change("enable_code", first);
            site.change("start");
            return site.shown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a change of the service and waits for its end: the verb, then what comes after the service's id. */
    public String change(String verb, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = type;
        words[1] = verb;
        words[2] = Long.toString(sid);
        System.arraycopy(more, 0, words, 3, more.length);
        return platform.change(words);
    }

    /** The same site at the port that users are shown. */
    public Site shown() {
        return new Site(platform, type, sid, first, second, shownPort());
    }

    /** The port of the address that users are shown. */
    private int shownPort() {
        String info = platform.cli().run("info", Long.toString(sid)).ok();
        Matcher shown = SHOWN.matcher(info);
        if (!shown.find()) {
            throw new AssertionError("no address of the application in:\n" + info);
        }
        return shown.group(1) == null ? 80 : Integer.parseInt(shown.group(1));
    }

    /** Where it is served. */
    public InetSocketAddress address() {
        return Fence.check(platform.service(sid).address(), port);
    }

    /** Gets a page on a connection of its own. */
    public Answer get(String path) {
        return send("GET", path, Map.of(), new byte[0]);
    }

    /** Sends one request on a connection of its own. */
    public Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        InetSocketAddress address = address();
        String host = address.getAddress().getHostAddress();
        try (Wire wire = Wire.open(address, host, Duration.ofSeconds(10))) {
            return wire.exchange(method, path, headers, body, false, Duration.ofSeconds(120));
        } catch (RequestFailed e) {
            throw new AssertionError(method + " " + path + ": " + e.outcome() + " " + e.getMessage(), e);
        }
    }

    /** The text of a page. @throws AssertionError if it is not there */
    public String text(String path) {
        Answer answer = get(path);
        if (!answer.isSuccess()) {
            throw new AssertionError(path + " answered " + answer.status());
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
