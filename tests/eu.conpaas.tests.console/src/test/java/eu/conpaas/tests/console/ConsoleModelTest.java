package eu.conpaas.tests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Link;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;
import eu.conpaas.console.model.site.SavedSite;
import eu.conpaas.console.model.site.SiteStore;
import eu.conpaas.console.model.sync.Keepers;
import eu.conpaas.tests.system.Platform;
import eu.conpaas.tests.system.Products;
import eu.conpaas.tests.system.Wait;

/** The console's model beside a real director, which another client changes meanwhile. */
class ConsoleModelTest {
    private static final double SOON = 1.0;
    private static final double PATIENCE = 60;
    private static Platform platform;

    @TempDir
    Path folder;
    private ExecutorService realm;
    private Keepers keepers;
    private SavedSite saved;

    @BeforeAll
    static void begin() throws IOException {
        platform = Platform.start(Products.root("tests", "eu.conpaas.tests.console", "target", "platforms", "model-" + System.nanoTime()),
                Map.of("director.LEASE", "6", "director.HEARTBEAT", "2"));
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    @BeforeEach
    void open() throws Exception {
        realm = Executors.newSingleThreadExecutor();
        saved = new SiteStore(platform.cli().settings()).list().getFirst();
        assertEquals(SiteStore.COMMAND_LINE, saved.id(), "the command line's own connection is one of the saved ones");
        keepers = new Keepers(realm);
        open(saved);
    }

    private void open(SavedSite site) throws Exception {
        realm.submit(() -> keepers.open(List.of(site))).get();
    }

    @AfterEach
    void close() throws Exception {
        realm.submit(() -> keepers.close()).get();
        realm.close();
    }

    /** Asks the model in its realm. */
    private <T> T ask(Function<Site, T> question) throws Exception {
        Future<T> answer = realm.submit(() -> {
            Sites sites = keepers.sites();
            return question.apply(sites.getSites().getFirst());
        });
        return answer.get();
    }

    private boolean is(Predicate<Site> so) throws Exception {
        return ask(so::test);
    }

    private void until(String what, double seconds, Predicate<Site> so) {
        Wait.until(what, seconds, () -> is(so));
    }

    private static boolean has(Site site, String application) {
        return site.getApplications().stream().anyMatch(a -> a.getName().equals(application));
    }

    @Test
    void whatAnotherClientDoesIsSeenWithinASecond() throws Exception {
        until("all is read", PATIENCE, s -> s.isLoaded() && s.getLink() == Link.OPEN);
        assertTrue(is(s -> s.getCredit().credit() > 0));
        assertTrue(is(s -> Find.type(s, "helloworld").isPresent()));

        long aid = platform.client().createApplication("bakery").aid();
        until("the application is there", SOON, s -> has(s, "bakery"));
        platform.client().renameApplication(aid, "patisserie");
        until("it has its new name", SOON, s -> has(s, "patisserie") && !has(s, "bakery"));

        platform.cli().run("create", "helloworld", Long.toString(aid), "--wait").ok();
        ServiceView made = platform.client().services().list(aid).getFirst();
        until("its service is there", SOON, s -> Find.service(s, made.sid()).filter(v -> v.getState() == ServiceState.INIT && !v.getNodes().isEmpty()).isPresent());
        platform.change("start", Long.toString(made.sid()));
        until("it runs, on nodes that are ready", SOON, s -> Find.service(s, made.sid()).filter(v -> v.getState() == ServiceState.RUNNING && v.getNodes().size() == 2).isPresent());
        assertTrue(is(s -> s.getTasks().stream().anyMatch(t -> t.getOperation().sid() == made.sid() && t.getOperation().kind().equals("start"))));
        long credits = platform.client().credit().credit();
        until("it shows the credits that are left", SOON, s -> s.getCredit().credit() == credits);

        platform.change("stop", Long.toString(made.sid()));
        platform.change("terminate", Long.toString(made.sid()));
        until("it is gone", SOON, s -> Find.service(s, made.sid()).isEmpty());
        platform.client().deleteApplication(aid);
        until("its application is gone", SOON, s -> !has(s, "patisserie"));
    }

    @Test
    void aDirectorThatComesBackIsFollowedOn() throws Exception {
        until("all is read", PATIENCE, Site::isLoaded);
        platform.director().kill();
        until("the break is seen", PATIENCE, s -> s.getLink() == Link.BROKEN && s.getProblem() != null);
        assertTrue(is(Site::isLoaded), "what was read stays in sight");
        platform.director().start(Map.of());
        long aid = Wait.value("the director answers", PATIENCE, () -> platform.client().createApplication("after").aid());
        until("it is followed again", PATIENCE, s -> s.getLink() == Link.OPEN && has(s, "after"));
        assertNull(ask(Site::getProblem));
        platform.client().deleteApplication(aid);
        until("it is followed on", SOON, s -> !has(s, "after"));
    }

    @Test
    void anotherCertificateThanTheAcceptedOneIsRefused() throws Exception {
        Platform other = Platform.start(Products.root("tests", "eu.conpaas.tests.console", "target", "platforms", "other-" + System.nanoTime()), Map.of());
        try (other) {
            SavedSite own = new SiteStore(other.cli().settings()).list().getFirst();
            // the address leads to somebody else now
            SavedSite swapped = new SavedSite("swapped", "swapped", platform.director().url().toString(), own.user(), own.folder());
            realm.submit(() -> keepers.close()).get();
            keepers = new Keepers(realm);
            open(swapped);
            until("it is refused, and why is told", PATIENCE, s -> s.getLink() != Link.OPEN && s.getLink() != Link.CONNECTING && s.getProblem() != null);
            assertFalse(is(Site::isLoaded), "nothing of the stranger is shown");
        }
    }
}
