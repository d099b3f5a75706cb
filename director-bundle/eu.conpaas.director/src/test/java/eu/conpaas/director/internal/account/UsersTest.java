package eu.conpaas.director.internal.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.store.Database;

class UsersTest {
    @TempDir
    Path folder;
    private Database database;
    private Users users;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("director.db"));
        users = new Users(database, new Ledger(Clock.systemUTC(), true), Clock.systemUTC(), 50, 5);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Map<String, String> fields(String... changes) {
        Map<String, String> fields = new HashMap<>(Map.of("username", "ada", "fname", "A", "lname", "L", "email", "ada@example.org", "affiliation", "x",
                "password", "secret", "credit", "20"));
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return fields;
    }

    private ErrorCode refused(Map<String, String> fields) {
        return assertThrows(ApiException.class, () -> users.register(fields)).error().code();
    }

    @Test
    void theServerSetsTheCredit() {
        User user = users.register(fields());
        assertEquals(5L, database.read(s -> Ledger.credit(s, user.uid())).longValue());
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(fields("credit", "51")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(fields("credit", "-1")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(fields("credit", "many")));
    }

    @Test
    void namesAndAddressesAreUniqueAndReservedOnesRefused() {
        users.register(fields());
        assertEquals(ErrorCode.CONFLICT, refused(fields("email", "other@example.org")));
        assertEquals(ErrorCode.CONFLICT, refused(fields("username", "bob", "email", "ADA@example.org")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(fields("username", "Ca")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(fields("username", "a\nb")));
        assertEquals(ErrorCode.MISSING_ARGUMENT, refused(fields("fname", "")));
    }

    @Test
    void guessingIsSlowedDown() {
        users.register(fields());
        for (int i = 0; i < 5; i++) {
            assertEquals(ErrorCode.NOT_AUTHENTICATED, assertThrows(ApiException.class, () -> users.authenticate("ada", "wrong")).error().code());
        }
        assertEquals(ErrorCode.TOO_MANY_REQUESTS, assertThrows(ApiException.class, () -> users.authenticate("ada", "secret")).error().code());
    }
}
