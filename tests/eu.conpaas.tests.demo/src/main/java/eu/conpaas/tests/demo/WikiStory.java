package eu.conpaas.tests.demo;

import eu.conpaas.tests.load.Figures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/** DokuWiki on a PHP service: scaled, edited, given a new version, stopped and started. */
final class WikiStory extends Story {
    private static final String PAGE = "notes:hello";
    private static final String BACKENDS = "4";
    private static final int READS = 200;
    private Service php;
    private String written;

    WikiStory(Screen screen, Shell shell, Path root, Path folder, String password) {
        super(screen, shell, root, folder, password);
    }

    @Override
    URI tell() throws IOException {
        screen.title("DokuWiki from Debian's package, unpacked and made self-contained");
        Path archive = archive("dokuwiki.sh", "dokuwiki.tar.gz", password);
        screen.title("A PHP service");
        shell.cli("createapp", APPLICATION);
        php = Service.create(shell, "php", APPLICATION);
        screen.title("DokuWiki on it: its data folder is shared by all backends and kept over versions");
        String version = php.upload(archive);
        shell.cli("php", "set_php_config", php.sid(), "persistent_paths", ".data");
        shell.cli("enable_code", php.sid(), version);
        screen.title("Start, on one node");
        php.planned("start");
        URI site = php.address();
        new Wiki(site).read("start");
        screen.say("The wiki answers at " + site + ". Its administrator is 'admin'; the password is in " + shownPassword() + ".");
        try (Traffic traffic = Traffic.wiki(screen, site)) {
            underLoad(traffic, site, version);
        }
        screen.title("Stop and start");
        php.planned("stop");
        php.planned("start");
        check(site, "after stop and start");
        return site;
    }

    private void underLoad(Traffic traffic, URI site, String version) throws IOException {
        phase(traffic, "from one node to " + BACKENDS + " backends", () -> php.planned("add_nodes", BACKENDS, "0", "0"));
        screen.title("A page is edited");
        Wiki author = new Wiki(site);
        String text = "Written at " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " while four backends serve.";
        author.login("admin", password);
        author.write(PAGE, text);
        written = text;
        check(site, "through the site");
        screen.title("A new version of the wiki, with another tag line");
        String second = php.upload(archive("dokuwiki.sh", "dokuwiki-2.tar.gz", password, "Version 2 of the demo"));
        phase(traffic, "activating version 2", () -> php.planned("enable_code", second));
        check(site, "after the activation");
        if (!new Wiki(site).read("start").text().contains("Version 2 of the demo")) {
            throw new DemoFailed("version 2 is active but its tag line is not shown");
        }
        phase(traffic, "going back to version 1", () -> php.planned("enable_code", version));
        phase(traffic, "from " + BACKENDS + " backends back to one node", () -> php.planned("remove_nodes", BACKENDS, "0", "0"));
        Figures all = traffic.total();
        screen.say("In all: " + Traffic.line(all));
    }

    /** Reads the page until every backend has answered with it. */
    private void check(URI site, String when) throws IOException {
        Set<String> backends = php.backends();
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
}
