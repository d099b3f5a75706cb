package eu.conpaas.tests.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service of the demo, handled by the command line only. */
final class Service {
    private static final Pattern SID = Pattern.compile("\"sid\"\\s*:\\s*(\\d+)");
    private final Shell shell;
    private final String type;
    private final String sid;

    private Service(Shell shell, String type, String sid) {
        this.shell = shell;
        this.type = type;
        this.sid = sid;
    }

    /** Makes one. */
    static Service create(Shell shell, String type, String application) throws IOException {
        Set<String> before = all(shell);
        shell.cli("create", type, application);
        Set<String> made = all(shell);
        made.removeAll(before);
        if (made.size() != 1) {
            throw new DemoFailed("the new service is not listed");
        }
        return new Service(shell, type, made.iterator().next());
    }

    /** Identifiers of all services there are. */
    static Set<String> all(Shell shell) throws IOException {
        Set<String> all = new TreeSet<>();
        for (Matcher m = SID.matcher(shell.quiet("list", "--json")); m.find();) {
            all.add(m.group(1));
        }
        return all;
    }

    String sid() {
        return sid;
    }

    /** Shows the plan of a change, then makes it and waits. */
    void planned(String verb, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(verb, sid));
        words.addAll(List.of(arguments));
        List<String> plan = new ArrayList<>(words);
        plan.add("--plan");
        shell.cli(plan.toArray(String[]::new));
        words.add("--wait");
        shell.cli(words.toArray(String[]::new));
    }

    /** Uploads an archive. @return the version's name */
    String upload(Path archive) throws IOException {
        String output = shell.cli("upload_code", sid, archive.toString());
        Matcher m = Pattern.compile("code-\\w+").matcher(output);
        if (!m.find()) {
            throw new DemoFailed("the upload names no version: " + output);
        }
        return m.group();
    }

    /** Where people find it. */
    URI address() throws IOException {
        Matcher m = Pattern.compile("(?m)^Application: (https?://[0-9.]+(:\\d+)?)").matcher(shell.quiet("info", sid));
        if (!m.find()) {
            throw new DemoFailed("the service tells no address");
        }
        return URI.create(m.group(1) + "/");
    }

    /** Addresses of its backends. */
    Set<String> backends() throws IOException {
        Set<String> backends = new TreeSet<>();
        for (String line : shell.quiet(type, "list_nodes", sid).split("\n")) {
            Matcher ip = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b").matcher(line);
            if (line.contains("backend") && ip.find()) {
                backends.add(ip.group());
            }
        }
        if (backends.isEmpty()) {
            throw new DemoFailed("the service tells no backends");
        }
        return backends;
    }
}
