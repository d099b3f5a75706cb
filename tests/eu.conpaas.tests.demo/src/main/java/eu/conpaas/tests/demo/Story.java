package eu.conpaas.tests.demo;

import eu.conpaas.tests.load.Figures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the demo shows, in order, with a running director. */
final class Story {
    private static final String APPLICATION = "demo";
    private static final String PAGE = "notes:hello";
    private static final int BACKENDS = 4;
    private static final int READS = 200;

    private final Screen screen;
    private final Shell shell;
    private final Path root;
    private final Path folder;
    private final String password;
    private String sid;
    private String written;

    Story(Screen screen, Shell shell, Path root, Path folder, String password) {
        this.screen = screen;
        this.shell = shell;
        this.root = root;
        this.folder = folder;
        this.password = password;
    }

    /** Tells it all. @return the site's address */
    URI tell() throws IOException {
        Path archive = archive("dokuwiki.tar.gz", null);
        screen.title("A PHP service");
        shell.cli("createapp", APPLICATION);
        shell.cli("create", "php", APPLICATION);
        Matcher created = Pattern.compile("\"sid\"\\s*:\\s*(\\d+)").matcher(shell.quiet("list", "--json"));
        if (!created.find()) {
            throw new DemoFailed("the new service is not listed");
        }
        sid = created.group(1);
        screen.title("DokuWiki on it: its data folder is shared by all backends and kept over versions");
        String version = upload(archive);
        shell.cli("php", "set_php_config", sid, "persistent_paths", ".data");
        shell.cli("enable_code", sid, version);
        screen.title("Start, on one node");
        planned("start", sid);
        URI site = site();
        Wiki wiki = new Wiki(site);
        wiki.read("start");
        screen.say("The wiki answers at " + site + ". Its administrator is 'admin'; the password is in " + shown(folder.resolve("password")) + ".");
        try (Traffic traffic = Traffic.on(screen, site.getHost(), site.getPort() < 0 ? 80 : site.getPort())) {
            underLoad(traffic, wiki, version);
        }
        screen.title("Stop and start");
        planned("stop", sid);
        planned("start", sid);
        check(site, "after stop and start");
        return site;
    }

    private void underLoad(Traffic traffic, Wiki wiki, String version) throws IOException {
        URI site = site();
        phase(traffic, "from one node to " + BACKENDS + " backends", () -> planned("add_nodes", sid, Integer.toString(BACKENDS), "0", "0"));
        screen.title("A page is edited");
        String text = "Written at " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " while four backends serve.";
        wiki.login("admin", password);
        wiki.write(PAGE, text);
        written = text;
        check(site, "through the site");
        screen.title("A new version of the wiki, with another tag line");
        String second = upload(archive("dokuwiki-2.tar.gz", "Version 2 of the demo"));
        phase(traffic, "activating version 2", () -> planned("enable_code", sid, second));
        check(site, "after the activation");
        if (!new Wiki(site).read("start").text().contains("Version 2 of the demo")) {
            throw new DemoFailed("version 2 is active but its tag line is not shown");
        }
        phase(traffic, "going back to version 1", () -> planned("enable_code", sid, version));
        phase(traffic, "from " + BACKENDS + " backends back to one node",
                () -> planned("remove_nodes", sid, Integer.toString(BACKENDS), "0", "0"));
        Figures all = traffic.total();
        screen.say("In all: " + Traffic.line(all));
    }

    /** Reads the page until every backend has answered with it. */
    private void check(URI site, String when) throws IOException {
        Set<String> backends = backends();
        Set<String> seen = new TreeSet<>();
        Wiki reader = new Wiki(site);
        for (int i = 0; i < READS && !seen.containsAll(backends); i++) {
            Wiki.Page page = reader.read(PAGE);
            if (!page.text().contains(written)) {
                throw new DemoFailed("the page that was written is not there " + when + ", says backend " + page.backend());
            }
            seen.add(page.backend());
        }
        if (!seen.containsAll(backends)) {
            throw new DemoFailed("of the backends " + backends + " only " + seen + " answered " + READS + " requests " + when);
        }
        screen.say("The page is there " + when + ", on every backend: " + String.join(", ", seen));
    }

    private Set<String> backends() throws IOException {
        Set<String> backends = new TreeSet<>();
        for (String line : shell.quiet("php", "list_nodes", sid).split("\n")) {
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

    private void phase(Traffic traffic, String name, Step step) throws IOException {
        screen.title(Character.toUpperCase(name.charAt(0)) + name.substring(1));
        traffic.phase(name);
        step.run();
        traffic.tell(name);
    }

    /** Shows the plan of a change, then makes it and waits. */
    private void planned(String... words) throws IOException {
        List<String> plan = new ArrayList<>(List.of(words));
        plan.add("--plan");
        shell.cli(plan.toArray(String[]::new));
        List<String> change = new ArrayList<>(List.of(words));
        change.add("--wait");
        shell.cli(change.toArray(String[]::new));
    }

    private String upload(Path archive) throws IOException {
        String output = shell.cli("upload_code", sid, archive.toString());
        Matcher m = Pattern.compile("code-\\w+").matcher(output);
        if (!m.find()) {
            throw new DemoFailed("the upload names no version: " + output);
        }
        return m.group();
    }

    private URI site() throws IOException {
        Matcher m = Pattern.compile("(?m)^Application: (https?://[0-9.]+(:\\d+)?)").matcher(shell.quiet("info", sid));
        if (!m.find()) {
            throw new DemoFailed("the service tells no address");
        }
        return URI.create(m.group(1) + "/");
    }

    /** Makes the archive of the wiki if it is not there, with another tag line if one is given. */
    private Path archive(String name, String tagline) throws IOException {
        Path archive = folder.resolve(name);
        if (!Files.exists(archive)) {
            screen.title("DokuWiki from Debian's package, unpacked and made self-contained");
            List<String> command = new ArrayList<>(List.of("bash", root.resolve("releng/demo/dokuwiki.sh").toString(), archive.toString()));
            if (tagline != null) {
                command.add(tagline);
            }
            shell.run(true, password, Map.of(), command);
            screen.say(shown(archive) + ", " + Files.size(archive) / 1000 + " KB");
        }
        return archive;
    }

    private String shown(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }

    /** Something that is done. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
