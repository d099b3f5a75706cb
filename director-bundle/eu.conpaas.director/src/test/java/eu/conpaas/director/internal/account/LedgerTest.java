package eu.conpaas.director.internal.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.StoreException;

class LedgerTest {
    @TempDir
    Path folder;
    private Database database;
    private final Ledger ledger = new Ledger(Clock.systemUTC(), true);
    private long uid;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("director.db"));
        uid = new Users(database, ledger, Clock.systemUTC(), 50, 10).addByAdministrator("a@example.org", "ada", "secret", false).uid();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long credit() {
        return database.read(s -> Ledger.credit(s, uid));
    }

    @Test
    void simultaneousHoldsNeverOverspend() throws InterruptedException {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String node = "n-" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    database.write(s -> {
                        ledger.hold(s, uid, 1, node);
                        return null;
                    });
                    held.incrementAndGet();
                } catch (ApiException e) {
                    assertEquals(ErrorCode.NOT_ENOUGH_CREDITS, e.error().code());
                    refused.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(10, held.get());
        assertEquals(30, refused.get());
        assertEquals(0, credit());
    }

    @Test
    void aHoldBecomesTheChargeOfTheFirstHourOrGoesBack() {
        database.write(s -> {
            ledger.hold(s, uid, 1, "n-1");
            ledger.hold(s, uid, 1, "n-2");
            assertTrue(ledger.settle(s, uid, 1, "n-1"));
            assertFalse(ledger.settle(s, uid, 1, "n-1"));
            assertTrue(ledger.release(s, uid, 1, "n-2", "failed"));
            assertFalse(ledger.release(s, uid, 1, "n-2", "failed"));
            return null;
        });
        assertEquals(9, credit());
    }

    @Test
    void anHourIsChargedOnceAndOnlyWhileThereIsCredit() {
        database.write(s -> {
            for (int hour = 0; hour < 10; hour++) {
                assertTrue(ledger.charge(s, uid, 1, "n-1", hour));
                assertTrue(ledger.charge(s, uid, 1, "n-1", hour));
            }
            assertFalse(ledger.charge(s, uid, 1, "n-1", 10));
            assertTrue(new Ledger(Clock.systemUTC(), false).charge(s, uid, 1, "n-1", 10));
            return null;
        });
        assertEquals(-1, credit());
    }

    @Test
    void entriesAreNeitherChangedNorDeleted() {
        assertThrows(StoreException.class, () -> database.write(s -> s.run("UPDATE ledger SET amount = 1000")));
        assertThrows(StoreException.class, () -> database.write(s -> s.run("DELETE FROM ledger")));
        assertEquals(10, credit());
    }

    @Test
    void whatFailsInATransactionTakesNothingElseWithIt() {
        assertThrows(IllegalStateException.class, () -> database.write(s -> {
            ledger.hold(s, uid, 1, "n-1");
            throw new IllegalStateException("no");
        }));
        assertEquals(10, credit());
    }

    @Test
    void allIsThereAgainAfterARestart() {
        database.write(s -> {
            ledger.hold(s, uid, 1, "n-1");
            return null;
        });
        database.close();
        database = new Database(folder.resolve("director.db"));
        assertEquals(9, credit());
        assertEquals("ada", database.read(s -> Users.find(s, "ada")).orElseThrow().username());
        assertEquals(Applications.DEFAULT_NAME, database.read(s -> Applications.defaultOf(s, uid)).name());
    }
}
