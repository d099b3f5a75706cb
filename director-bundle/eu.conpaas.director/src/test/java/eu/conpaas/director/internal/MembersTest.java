package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Event;
import eu.conpaas.api.Handover;
import eu.conpaas.api.Member;
import eu.conpaas.api.MemberRole;
import eu.conpaas.api.Operation;
import eu.conpaas.client.Director;
import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Cancellation;

/** Applications that several people look after, and those that change hands. */
class MembersTest {
    @TempDir
    Path folder;
    private Platform platform;
    private Director ada;
    private Director bob;
    private Credentials bobs;
    private long aid;

    @BeforeEach
    void start() throws IOException {
        platform = new Platform(folder, 50);
        ada = platform.client;
        bobs = platform.user("bob", 50);
        bob = platform.client(bobs);
        aid = platform.aid();
    }

    @AfterEach
    void stop() {
        bob.close();
        platform.close();
    }

    private static ErrorCode code(Executable call) {
        return assertThrows(ApiException.class, call).error().code();
    }

    @Test
    void aDeveloperWorksAtTheOwnersCost() throws Exception {
        ada.members().put(aid, "bob", MemberRole.DEVELOPER);
        ApplicationView seen = bob.applications().stream().filter(a -> a.aid() == aid).findFirst().orElseThrow();
        assertEquals(MemberRole.DEVELOPER, seen.role());
        assertEquals("ada", seen.owner());
        long before = bob.credit().credit();
        Operation made = bob.services().create(aid, "demo", null, "bob's").operation();
        Platform.require(platform.ended(made), Operation.State.DONE);
        Operation started = bob.services().change(made.sid(), "startup", Map.of(), false).operation();
        Platform.require(platform.ended(started), Operation.State.DONE);
        assertEquals("bob", started.by());
        assertEquals(before, bob.credit().credit());
        assertTrue(ada.credit().perHour() >= 3);
        assertEquals(0, bob.credit().perHour());
        assertEquals(ada.nodes(), bob.nodes());
        assertTrue(ada.audit().stream().anyMatch(a -> a.actor().equals("bob") && a.action().equals("create demo")));
        assertTrue(bob.audit().stream().anyMatch(a -> a.actor().equals("bob") && a.action().equals("startup")));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> bob.services().terminate(made.sid(), true)));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> bob.members().put(aid, "bob", MemberRole.VIEWER)));
        String nothing = "{\"Application\": \"New Application\", \"Services\": []}";
        assertTrue(!bob.manifests().planUpdate(aid, nothing).plan().steps().isEmpty());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> bob.manifests().update(aid, nothing, true)), "a manifest removes nothing for a developer");
    }

    @Test
    void membersFollowWhatHappensFromTheMomentTheyAre() throws Exception {
        Queue<Event> events = new ConcurrentLinkedQueue<>();
        Cancellation end = new Cancellation();
        Thread follower = Thread.ofVirtual().start(() -> assertThrows(CancellationException.class, () -> bob.events(0, 0, null, events::add, end)));
        Platform.await("the stream stands", () -> {
            ada.members().put(aid, "bob", MemberRole.VIEWER);
            return events.stream().anyMatch(e -> e.kind().equals("application.member"));
        });
        long sid = platform.created();
        Platform.await("what happens is seen", () -> events.stream().anyMatch(e -> e.sid() == sid));
        ada.members().remove(aid, "bob");
        Platform.await("the end is told", () -> events.stream().anyMatch(e -> "NONE".equals(e.data().get("role"))));
        long unseen = platform.created();
        long own = bob.services().create(bob.applications().getFirst().aid(), "demo", null, null).operation().sid();
        Platform.await("what comes later is seen", () -> events.stream().anyMatch(e -> e.sid() == own));
        assertTrue(events.stream().noneMatch(e -> e.sid() == unseen));
        end.cancel();
        follower.join();
    }

    @Test
    void anApplicationChangesHandsWhileItServes() throws Exception {
        long sid = platform.running();
        platform.clock.forward(Duration.ofMinutes(30));
        long adas = ada.credit().credit();
        Handover offer = ada.members().offer(aid, "bob", MemberRole.VIEWER);
        assertEquals(3, offer.perHour());
        assertEquals(List.of(offer), bob.members().offers());
        assertEquals(ErrorCode.NOT_FOUND, code(() -> ada.members().accept(aid)), "only the other one can accept");
        assertEquals(ErrorCode.CONFLICT, code(() -> bob.members().accept(aid)), "both have an application of this name");
        ada.renameApplication(aid, "shop");
        bob.members().accept(aid);
        assertEquals(List.of("bob OWNER", "ada VIEWER"), ada.members().list(aid).stream().map(m -> m.username() + " " + m.role()).toList());
        assertEquals(bobs.identity().uid(), bob.services().get(sid).service().user_id());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> ada.services().change(sid, "shutdown", Map.of(), false)));
        assertEquals(0, ada.credit().perHour());
        assertEquals(3, bob.credit().perHour());
        platform.clock.forward(Duration.ofMinutes(31));
        Platform.await("the new owner pays the next hour", () -> bob.credit().credit() == 47);
        assertEquals(adas, ada.credit().credit());
        Operation scaled = bob.services().change(sid, "add_nodes", Map.of("back", 1), false).operation();
        Platform.require(bob.operations().await(scaled.id(), o -> { }, Duration.ofSeconds(30), new Cancellation()), Operation.State.DONE);
        assertEquals(4, bob.services().get(sid).nodes().size(), "old nodes and new ones work together");
        assertEquals(1, platform.number("SELECT count(DISTINCT tenant) FROM node WHERE sid = ?", sid));
        platform.restart();
        assertEquals(4, bob.services().get(sid).nodes().size());
    }

    @Test
    void anOfferIsDeclinedTakenBackOrRunsOut() {
        ada.renameApplication(aid, "shop");
        ada.members().offer(aid, "bob", null);
        bob.members().drop(aid);
        assertEquals(ErrorCode.NOT_FOUND, code(() -> bob.members().accept(aid)));
        ada.members().offer(aid, "bob", null);
        ada.members().drop(aid);
        assertEquals(ErrorCode.NOT_FOUND, code(() -> bob.members().accept(aid)));
        ada.members().offer(aid, "bob", null);
        platform.clock.forward(Duration.ofDays(8));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> bob.members().accept(aid)));
        assertEquals(List.of(), bob.members().offers());
    }

    @Test
    void whoCannotPayTakesNothing() throws Exception {
        Credentials poor = platform.user("poor", 0);
        platform.running();
        ada.renameApplication(aid, "shop");
        ada.members().offer(aid, "poor", null);
        try (Director client = platform.client(poor)) {
            assertEquals(ErrorCode.NOT_ENOUGH_CREDITS, code(() -> client.members().accept(aid)));
        }
        assertEquals(List.of(MemberRole.OWNER), ada.members().list(aid).stream().map(Member::role).toList());
    }

    @Test
    void viewersDoNotSeeSecrets() {
        long sid = platform.created();
        platform.ended(ada.services().change(sid, "set_environment", Map.of("environment", Map.of("DB_PASSWORD", "hush", "COLOUR", "red")), false).operation());
        assertEquals("hush", ada.services().get(sid).desired().environment().get("DB_PASSWORD"));
        ada.members().put(aid, "bob", MemberRole.VIEWER);
        assertEquals(Map.of("DB_PASSWORD", "•••", "COLOUR", "red"), bob.services().get(sid).desired().environment());
        ada.members().put(aid, "bob", MemberRole.DEVELOPER);
        assertEquals("hush", bob.services().get(sid).desired().environment().get("DB_PASSWORD"));
    }

    @Test
    void membersLeaveButOwnersDoNot() {
        ada.members().put(aid, "bob", MemberRole.VIEWER);
        assertEquals(MemberRole.DEVELOPER, ada.members().put(aid, "bob", MemberRole.DEVELOPER).role());
        bob.members().leave(aid);
        assertEquals(ErrorCode.NOT_FOUND, code(() -> bob.members().list(aid)));
        assertEquals(ErrorCode.CONFLICT, code(() -> ada.members().leave(aid)));
        assertEquals(ErrorCode.CONFLICT, code(() -> ada.members().put(aid, "ada", MemberRole.VIEWER)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> ada.members().put(aid, "bob", MemberRole.OWNER)));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> ada.members().put(aid, "nobody", MemberRole.VIEWER)));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> ada.members().remove(aid, "bob")));
    }
}
