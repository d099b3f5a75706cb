package eu.conpaas.tests.demo;

import eu.conpaas.tests.load.BodyCheck;
import eu.conpaas.tests.load.Fence;
import eu.conpaas.tests.load.Figures;
import eu.conpaas.tests.load.OpenLoad;
import eu.conpaas.tests.load.Shape;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Constant load on a site, with a line of figures every few seconds. */
final class Traffic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int SECONDS = 5;
    /** Pages a second; a page takes tens of milliseconds of processor time. */
    private static final double PAGES = 4;
    private static final double FILES = 6;

    private final Screen screen;
    private final OpenLoad load;
    private final Thread reporter;

    private Traffic(Screen screen, OpenLoad load) {
        this.screen = screen;
        this.load = load;
        this.reporter = Thread.ofVirtual().start(this::report);
    }

    /** Reads the wiki's first page and a picture. */
    static Traffic wiki(Screen screen, URI site) {
        return on(screen, site, "/doku.php?id=start", "/lib/tpl/dokuwiki/images/logo.png");
    }

    /** Reads the blog's first page and a picture. */
    static Traffic blog(Screen screen, URI site) {
        return on(screen, site, "/", "/wp-includes/images/media/document.png");
    }

    private static Traffic on(Screen screen, URI site, String first, String picture) {
        int port = site.getPort() < 0 ? 80 : site.getPort();
        InetSocketAddress target = Fence.check(site.getHost(), port);
        BodyCheck page = BodyCheck.endsWith("</html>");
        List<Shape> shapes = List.of(Shape.get("page, kept open", first, PAGES / 2, true, page), Shape.get("page, new", first, PAGES / 2, false, page),
                Shape.get("picture", picture, FILES, true, BodyCheck.ANY));
        screen.say(String.format(Locale.ROOT, "From now on %.0f requests a second are sent, come what may: %.0f pages (half of them on new connections) "
                + "and %.0f pictures.", PAGES + FILES, PAGES, FILES));
        return new Traffic(screen, OpenLoad.start(target, site.getAuthority(), shapes, LIMIT));
    }

    /** Names what happens from now on. */
    void phase(String name) {
        load.recorder().phase(name);
    }

    /** Tells how it went since the phase began. @return the figures */
    Figures tell(String name) {
        Figures figures = load.recorder().of(name);
        screen.say("   Load during '" + name + "': " + line(figures));
        figures.details().forEach(d -> screen.say("      " + d));
        return figures;
    }

    Figures total() {
        return load.recorder().total();
    }

    private void report() {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(SECONDS));
                screen.say("   Load so far: " + line(total()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    static String line(Figures figures) {
        return String.format(Locale.ROOT, "%d requests served, %d failed, 99%% within %d ms", figures.sent() - figures.failed(), figures.failed(),
                figures.latency().quantile(0.99).toMillis());
    }

    @Override
    public void close() {
        reporter.interrupt();
        load.close();
    }
}
