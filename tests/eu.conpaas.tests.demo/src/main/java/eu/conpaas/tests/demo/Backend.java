package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One backend of the service, asked without the proxy in between.
 *
 * @param address of its node
 * @param version id of the active code version, which the proxy tells backends in a header
 */
record Backend(String address, String version) {
    private static final int PORT = 9000;

    static List<Backend> all(Shell shell, String sid) throws IOException {
        Matcher active = Pattern.compile("\\*\\s+(code-\\w+)").matcher(shell.quiet("list_uploads", sid));
        if (!active.find()) {
            throw new DemoFailed("no version is active");
        }
        List<Backend> backends = new ArrayList<>();
        for (String line : shell.quiet("php", "list_nodes", sid).split("\n")) {
            Matcher ip = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b").matcher(line);
            if (line.contains("backend") && ip.find()) {
                backends.add(new Backend(ip.group(), active.group(1)));
            }
        }
        if (backends.isEmpty()) {
            throw new DemoFailed("the service tells no backends");
        }
        return backends;
    }

    Wiki wiki() {
        return new Wiki(URI.create("http://" + address + ":" + PORT + "/"), Map.of("X-ConPaaS-Version", version));
    }
}
