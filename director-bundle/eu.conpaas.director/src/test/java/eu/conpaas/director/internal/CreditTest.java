package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceState;
import eu.conpaas.cloud.testkit.Call;
import eu.conpaas.cloud.testkit.Fault;

/** Credits over hours, with a real director, played nodes and a clock that is set forward. A running service has three nodes. */
class CreditTest {
    private static final Duration HOUR = Duration.ofMinutes(61);
    @TempDir
    Path folder;

    private static void awaitCredit(Platform p, long credit) throws InterruptedException {
        Platform.await("credit is " + credit, () -> p.client.credit().credit() == credit);
    }

    /** How many hours of a node have been charged; each once. */
    private static long hours(Platform p, String node) {
        List<Long> hours = p.client.ledger().stream().filter(e -> e.kind().equals("CHARGE") && e.node().equals(node)).map(LedgerEntry::hour).sorted().toList();
        assertEquals(hours.stream().distinct().toList(), hours);
        return hours.size();
    }

    @Test
    void eachStartedHourIsChargedOnceAlsoOverARestart() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            assertEquals(47, p.client.credit().credit());
            p.clock.forward(HOUR);
            awaitCredit(p, 44);
            p.restart();
            p.clock.forward(HOUR);
            awaitCredit(p, 41);
            for (var node : p.client.services().get(sid).nodes()) {
                assertEquals(3, hours(p, node.id()));
            }
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            p.clock.forward(HOUR);
            p.running();
            assertEquals(38, p.client.credit().credit());
        }
    }

    @Test
    void aFailureGivesItsHoldBack() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.faults.next(Call.CREATE, Fault.CAPACITY);
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 2), false).operation()), Operation.State.UNDONE);
            long failed = p.client.ledger().stream().filter(e -> e.kind().equals("RELEASE") && e.note().contains("not come up")).count();
            assertEquals(1, failed);
            assertEquals(0, p.client.credit().held());
            long charged = p.client.ledger().stream().filter(e -> e.kind().equals("CHARGE")).count();
            assertEquals(50 - charged, p.client.credit().credit());
            assertTrue(charged <= 4, () -> p.client.ledger().toString());
        }
    }

    @Test
    void aReplacementGoesOnInThePaidHour() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.clock.forward(Duration.ofMinutes(30));
            String dead = silenceBack(p, sid);
            String next = replacement(p, sid, dead);
            assertEquals(47, p.client.credit().credit());
            assertEquals(0, hours(p, next));
            p.clock.forward(Duration.ofMinutes(31));
            awaitCredit(p, 44);
            assertEquals(1, hours(p, dead));
            assertEquals(1, hours(p, next));
        }
    }

    @Test
    void anEndNobodySawIsDatedByTheLastHeartbeat() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.running();
            p.stop();
            String dead = p.text("SELECT id FROM node WHERE kind = 'AGENT' ORDER BY id");
            p.fleet.silence(p.text("SELECT vmid FROM node WHERE id = ?", dead));
            p.clock.forward(HOUR.multipliedBy(3));
            p.start();
            Platform.await("the node is replaced", () -> p.client.services().get(sid).desired().placement().stream().noneMatch(n -> n.node().equals(dead)));
            // two nodes lived on for three hours more, one began its first
            awaitCredit(p, 47 - 6 - 1);
            assertEquals(1, hours(p, dead));
        }
    }

    private static String silenceBack(Platform p, long sid) {
        ServiceDetail before = p.client.services().get(sid);
        String back = before.desired().nodesWith("back").getFirst();
        p.fleet.silence(before.nodes().stream().filter(n -> n.id().equals(back)).findFirst().orElseThrow().vmid());
        return back;
    }

    private static String replacement(Platform p, long sid, String dead) throws InterruptedException {
        Platform.await("the node is replaced", () -> {
            ServiceDetail now = p.client.services().get(sid);
            return now.service().state() == ServiceState.RUNNING && !now.desired().nodesWith("back").contains(dead) && now.nodes().size() == 3;
        });
        return p.client.services().get(sid).desired().nodesWith("back").getFirst();
    }

    @Test
    void theOwnerIsWarnedAndThenTheServiceIsStoppedNotEnded() throws Exception {
        try (Platform p = new Platform(folder, 6)) {
            long sid = p.running();
            assertEquals(0, p.number("SELECT count(*) FROM event WHERE kind = 'credit.low'"));
            p.clock.forward(HOUR);
            awaitCredit(p, 0);
            Platform.await("the warning", () -> p.number("SELECT count(*) FROM event WHERE kind = 'credit.low'") == 1);
            assertEquals(ServiceState.RUNNING, p.client.services().get(sid).service().state());
            p.clock.forward(HOUR);
            Platform.await("the service is stopped", () -> p.client.services().get(sid).service().state() == ServiceState.STOPPED);
            assertEquals(1, p.number("SELECT count(*) FROM event WHERE kind = 'credit.out' AND sid = ?", sid));
            assertEquals(0, p.number("SELECT count(*) FROM operation WHERE kind = 'terminate'"));
            assertEquals(0, p.client.credit().credit());
            assertEquals(1, p.client.services().get(sid).nodes().size());
        }
    }

    @Test
    void whereCreditsAreOnlyShownNothingIsStopped() throws Exception {
        try (Platform p = new Platform(folder, 2, false)) {
            long sid = p.running();
            assertEquals(-1, p.client.credit().credit());
            p.clock.forward(HOUR);
            awaitCredit(p, -4);
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            assertEquals(ServiceState.RUNNING, p.client.services().get(sid).service().state());
            assertEquals(0, p.number("SELECT count(*) FROM event WHERE kind = 'credit.out'"));
        }
    }

    @Test
    void simultaneousStartsNeverOverspend() throws Exception {
        try (Platform p = new Platform(folder, 12)) {
            List<Long> services = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                services.add(p.created());
            }
            AtomicInteger refused = new AtomicInteger();
            List<Operation> accepted = new ArrayList<>();
            List<Thread> threads = services.stream().map(sid -> Thread.ofVirtual().start(() -> {
                try {
                    Operation operation = p.client.services().change(sid, "startup", Map.of(), false).operation();
                    synchronized (accepted) {
                        accepted.add(operation);
                    }
                } catch (ApiException e) {
                    assertEquals(ErrorCode.NOT_ENOUGH_CREDITS, e.error().code());
                    refused.incrementAndGet();
                }
            })).toList();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(2, refused.get());
            assertEquals(3, accepted.size());
            accepted.forEach(o -> Platform.require(p.ended(o), Operation.State.DONE));
            assertEquals(1, p.client.credit().credit());
            long sum = 0;
            for (LedgerEntry entry : p.client.ledger().reversed()) {
                sum += entry.amount();
                assertTrue(sum >= 0);
            }
        }
    }
}
