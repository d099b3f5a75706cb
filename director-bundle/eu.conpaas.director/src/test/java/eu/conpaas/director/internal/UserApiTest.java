package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Invitation;
import eu.conpaas.api.Invited;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NewAccount;
import eu.conpaas.api.OneTime;
import eu.conpaas.api.RegistrationPolicy;
import eu.conpaas.api.Token;
import eu.conpaas.api.UserAccount;
import eu.conpaas.client.Director;
import eu.conpaas.pki.Credentials;

/** Accounts: made, invited, given credit, disabled, deleted; passwords and tokens. */
class UserApiTest {
    @TempDir
    static Path folder;
    private static Platform platform;
    private static Credentials chief;
    private static Director boss;
    private static Director nobody;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform(folder, 50);
        chief = platform.administrator("chief");
        boss = platform.client(chief);
        nobody = platform.client(null);
    }

    @AfterAll
    static void stop() {
        boss.close();
        nobody.close();
        platform.close();
    }

    private static ErrorCode code(Executable call) {
        return assertThrows(ApiException.class, call).error().code();
    }

    private static long uid(String name) {
        return boss.users().list(name, 0, 0).stream().filter(u -> u.user().username().equals(name)).findFirst().orElseThrow().user().uid();
    }

    @Test
    void anAccountMadeByAnAdministratorChoosesItsPasswordOnce() {
        NewAccount made = boss.users().create(Map.of("username", "greta", "email", "greta@example.org", "credit", 7));
        assertEquals(7, made.account().user().credit());
        assertTrue(made.password().link().endsWith("#password=" + made.password().token()));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> nobody.login("greta", "")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> nobody.choosePassword(made.password().token(), "short")));
        assertEquals("greta", nobody.choosePassword(made.password().token(), "long enough").username());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.choosePassword(made.password().token(), "another one")));
        assertEquals("greta", nobody.login("greta", "long enough").username());
        assertNull(boss.users().create(Map.of("username", "hans", "email", "h@example.org", "password", "given to him")).password());
        assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().create(Map.of("username", "hans", "email", "h2@example.org"))));
    }

    @Test
    void creditIsGivenWithAReasonAndStaysInTheLedger() throws IOException {
        platform.user("iris", 5);
        long uid = uid("iris");
        UserAccount after = boss.users().addCredit(uid, 20, "for the course");
        assertEquals(25, after.user().credit());
        assertEquals(22, boss.users().addCredit(uid, -3, "booked twice").user().credit());
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> boss.users().addCredit(uid, -23, "too much")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> boss.users().addCredit(uid, 0, "nothing")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> boss.users().addCredit(uid, 5, " ")));
        List<LedgerEntry> ledger = boss.users().ledger(uid, 0, 0);
        assertEquals(List.of("booked twice", "for the course", "initial credit"), ledger.stream().map(LedgerEntry::note).toList());
        assertEquals(1, boss.users().ledger(uid, ledger.get(1).id(), 0).size());
        assertEquals(2, boss.users().ledger(uid, 0, 2).size());
    }

    @Test
    void theSameGrantAskedForTwiceIsGivenOnce() throws Exception {
        platform.user("jan", 0);
        long uid = uid("jan");
        try (LegacyClient admin = platform.legacy(chief)) {
            for (int i = 0; i < 2; i++) {
                assertEquals(200, admin.post("/users/" + uid + "/credit", "amount", 9, "reason", "once", "request", "r-1").status());
            }
            assertEquals(409, admin.post("/users/" + uid + "/credit", "amount", 8, "reason", "once", "request", "r-1").status());
        }
        assertEquals(9, boss.users().get(uid).user().credit());
    }

    @Test
    void aPasswordThatIsResetShutsOutTokensAndCertificates() throws Exception {
        Credentials credentials = platform.user("karl", 5);
        try (Director karl = platform.client(credentials); LegacyClient stranger = platform.legacy(null)) {
            String token = karl.signIn().token();
            OneTime right = boss.users().resetPassword(uid("karl"));
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(karl::account));
            assertEquals(401, stranger.call("GET", "/account", "Authorization", "Bearer " + token).status());
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> nobody.login("karl", "secret")));
            OneTime second = boss.users().resetPassword(uid("karl"));
            assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.choosePassword(right.token(), "a new password")));
            nobody.choosePassword(second.token(), "a new password");
            assertNotNull(nobody.certificates("karl", "a new password"));
        }
    }

    @Test
    void usersChangeTheirOwnPassword() throws Exception {
        Credentials credentials = platform.user("lena", 5);
        try (Director lena = platform.client(credentials); Director byToken = platform.client(null)) {
            byToken.signIn("lena", "secret");
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> lena.changePassword("wrong", "a new password", false)));
            lena.changePassword("secret", "a new password", false);
            assertEquals("lena", byToken.account().username());
            byToken.changePassword("a new password", "and another", true);
            assertEquals("lena", byToken.account().username(), "the one who changes it stays signed in");
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(lena::account), "certificates of before are void");
        }
    }

    @Test
    void tokensAreRenewedUntilTheSignInIsOver() throws Exception {
        platform.user("mia", 5);
        try (Director mia = platform.client(null); LegacyClient stranger = platform.legacy(null)) {
            Token first = mia.signIn("mia", "secret");
            Token second = mia.refresh();
            assertEquals(first.ends(), second.ends());
            assertEquals("mia", mia.account().username());
            assertEquals(401, stranger.call("POST", "/tokens/refresh", "Authorization", "Bearer " + first.token()).status(), "a token is renewed once");
            platform.clock.forward(Duration.ofMinutes(59));
            assertEquals(401, stranger.call("GET", "/account", "Authorization", "Bearer " + first.token()).status());
            Token third = mia.refresh();
            platform.clock.forward(Duration.ofMinutes(61));
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(mia::account));
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(mia::refresh));
            assertTrue(third.expires().isBefore(third.ends()));
            mia.signIn("mia", "secret");
            mia.signOut();
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(mia::account));
        }
    }

    @Test
    void invitationsAreGoodForOneAccountUntilTheyExpireOrAreWithdrawn() {
        Invited invited = boss.users().invite("nora@example.org", 12, 7, "new colleague");
        assertEquals(Invitation.State.OPEN, invited.invitation().state());
        Map<String, String> fields = new HashMap<>(Platform.registration("nora", 0));
        fields.put("invitation", invited.secret().token());
        fields.put("email", "someone@example.org");
        assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.newUser(fields)));
        fields.put("email", "nora@example.org");
        assertEquals(12, nobody.newUser(fields).credit());
        Map<String, String> again = new HashMap<>(Platform.registration("nora2", 0));
        again.put("invitation", invited.secret().token());
        again.put("email", "nora@example.org");
        assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.newUser(again)));
        Invited other = boss.users().invite(null, null, null, null);
        assertEquals(Invitation.State.WITHDRAWN, boss.users().withdraw(other.invitation().id()).state());
        again.put("invitation", other.secret().token());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.newUser(again)));
        assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().withdraw(other.invitation().id())));
        Invited late = boss.users().invite(null, null, 1, null);
        platform.clock.forward(Duration.ofDays(2));
        again.put("invitation", late.secret().token());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> nobody.newUser(again)));
        List<Invitation.State> states = boss.users().invitations().stream().map(Invitation::state).toList();
        assertEquals(List.of(Invitation.State.EXPIRED, Invitation.State.WITHDRAWN, Invitation.State.USED), states);
        assertEquals("nora", boss.users().invitations().getLast().usedBy());
    }

    @Test
    void thePolicyDecidesWhoMayRegister(@TempDir Path second) throws IOException {
        assertEquals(RegistrationPolicy.OPEN, nobody.registration().policy());
        ApiException refused = assertThrows(ApiException.class, () -> new Platform(second, 50, true, "invitation").close());
        assertTrue(refused.error().cause().contains("invited"), refused.error().cause());
    }

    @Test
    void thereIsAlwaysAnAdministrator() throws IOException {
        assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().setAdministrator(chief.identity().uid(), false)));
        assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().disable(chief.identity().uid(), null)));
        assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().delete(chief.identity().uid())));
        Credentials otto = platform.user("otto", 5);
        boss.users().setAdministrator(otto.identity().uid(), true);
        try (Director second = platform.client(otto)) {
            assertTrue(second.account().admin());
            assertTrue(second.users().get(chief.identity().uid()).user().admin());
            boss.users().setAdministrator(otto.identity().uid(), false);
            assertEquals(ErrorCode.FORBIDDEN, code(() -> second.users().get(chief.identity().uid())));
        }
    }

    @Test
    void anAccountWithServicesIsNotDeletedAndItsLedgerStays() throws Exception {
        Credentials pia = platform.user("pia", 10);
        long uid = pia.identity().uid();
        try (Director client = platform.client(pia)) {
            long sid = client.services().create(client.applications().getFirst().aid(), "demo", null, null).operation().sid();
            assertEquals(ErrorCode.CONFLICT, code(() -> boss.users().delete(uid)));
            client.services().terminate(sid, true);
            Platform.await("the service is gone", () -> client.services().list().isEmpty() && client.nodes().isEmpty());
            boss.users().delete(uid);
            assertEquals(ErrorCode.NOT_AUTHENTICATED, code(client::account));
        }
        assertEquals(ErrorCode.NOT_FOUND, code(() -> boss.users().get(uid)));
        assertEquals(ErrorCode.NOT_AUTHENTICATED, code(() -> nobody.login("pia", "secret")));
        assertTrue(platform.number("SELECT count(*) FROM ledger WHERE uid = ?", uid) > 0);
        assertEquals("pia", nobody.newUser(Platform.registration("pia", 5)).username(), "the name is free again");
    }

    @Test
    void allThatAdministratorsDoIsInTheAuditLogOfBoth() throws IOException {
        Credentials quinn = platform.user("quinn", 5);
        boss.users().addCredit(quinn.identity().uid(), 1, "audited");
        try (Director client = platform.client(quinn)) {
            assertTrue(client.audit().stream().anyMatch(a -> a.actor().equals("chief") && a.action().equals("add_credit 1: audited")));
            assertEquals(ErrorCode.FORBIDDEN, code(() -> client.users().audit(0, 0, null, 0, 0)));
            assertFalse(client.audit().stream().anyMatch(a -> a.uid() != quinn.identity().uid()));
            assertEquals(1, client.audit(client.audit().get(1).id() + 1, 1).size());
        }
        assertEquals(1, boss.users().audit(0, 0, "audited", 0, 0).size());
        assertTrue(boss.users().audit(quinn.identity().uid(), 0, null, 0, 0).size() >= 3);
    }
}
