package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.LegacyClient.Answer;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;

/** What tenants could do to each other in 1.3.1 and cannot do here; the numbers are those of the list of its weaknesses. */
class ApiSecurityTest {
    @TempDir
    static Path folder;
    private static Platform platform;
    private static Credentials ada;
    private static LegacyClient owner;
    private static LegacyClient other;
    private static JsonNode service;

    @BeforeAll
    static void start() throws Exception {
        platform = new Platform(folder, 50);
        ada = platform.user("owner", 50);
        owner = platform.legacy(ada);
        other = platform.legacy(platform.user("other", 50));
        service = ApiKit.ok(owner.post("/start/demo"));
    }

    @AfterAll
    static void stop() {
        owner.close();
        other.close();
        platform.close();
    }

    private static long sid() {
        return service.path("sid").asLong();
    }

    private static long aid() {
        return service.path("application_id").asLong();
    }

    /** S12: lists, and everything else about other people's things, answer as if there were nothing. */
    @Test
    void othersThingsAreNotThere() throws Exception {
        for (String path : List.of("/list/" + aid(), "/delete/" + aid(), "/renameapp/" + aid(), "/stop/" + sid(), "/rename/" + sid())) {
            ApiKit.isFalse(other.post(path, "name", "mine"));
        }
        assertEquals(0, ApiKit.ok(other.get("/list")).size());
        ApiKit.isError(other.post("/start/demo", "appid", aid()), ErrorCode.NOT_FOUND, "Application not found");
        String operation = ApiKit.ok(owner.get("/operations")).get(0).path("id").asText();
        for (String path : List.of("/services/" + sid(), "/services/" + sid() + "/log", "/services/" + sid() + "/history", "/services/" + sid() + "/versions",
                "/services/" + sid() + "/startup-script", "/operations/" + operation)) {
            assertEquals(404, other.get(path).status(), path);
        }
        for (String path : List.of("/services/" + sid() + "/call/startup", "/services/" + sid() + "/terminate", "/operations/" + operation + "/cancel")) {
            assertEquals(404, other.post(path).status(), path);
        }
        for (String path : List.of("/operations", "/nodes", "/audit")) {
            assertTrue(!other.get(path).text().contains(operation) && !other.get(path).text().contains("\"sid\":" + sid() + ","), path);
        }
        assertEquals("New demo service", ApiKit.ok(owner.get("/list")).get(0).path("name").asText());
    }

    /** S1: the role in a certificate counts. */
    @Test
    void certificatesOfNodesAreNotThoseOfTheirOwner() throws Exception {
        long uid = ada.identity().uid();
        String node = platform.text("SELECT manager_node FROM service WHERE sid = ?", sid());
        for (Identity identity : List.of(Identity.manager(uid, sid(), node), Identity.agent(uid, sid(), node), Identity.director("127.0.0.1", "info@conpaas.eu"))) {
            try (LegacyClient client = platform.legacy(platform.forged(identity))) {
                for (String path : List.of("/list", "/listapp", "/createapp", "/start/demo", "/stop/" + sid(), "/delete/" + aid())) {
                    ApiKit.isFalse(client.post(path, "name", "x"));
                }
                assertTrue(List.of(401, 403).contains(client.get("/credit").status()));
                assertTrue(List.of(401, 403).contains(client.post("/tokens").status()));
            }
        }
        Identity agent = Identity.agent(uid, sid(), node);
        Identity manager = Identity.manager(uid, sid(), "n-0000000000");
        Identity elsewhere = Identity.manager(uid, sid() + 1, node);
        for (Identity identity : List.of(agent, manager, elsewhere, ada.identity())) {
            try (LegacyClient client = platform.legacy(platform.forged(identity))) {
                Answer answer = client.post("/callback/terminateService.php", "sid", sid());
                assertTrue(ApiKit.ok(answer).path("error").asBoolean(), answer.text());
                assertTrue(List.of(401, 403).contains(client.get("/managers/work").status()));
            }
        }
        assertEquals(1, ApiKit.ok(owner.get("/list")).size());
    }

    /** S2 and S4: nobody signs requests for certificates, nobody posts charges. */
    @Test
    void signingAndChargingAreGone() throws Exception {
        String node = platform.text("SELECT manager_node FROM service WHERE sid = ?", sid());
        long before = ApiKit.ok(owner.get("/credit")).path("credit").asLong();
        try (LegacyClient manager = platform.legacy(platform.forged(Identity.manager(ada.identity().uid(), sid(), node)))) {
            assertEquals(404, manager.post("/ca/get_cert.php", "csr", "x").status());
            assertEquals(404, manager.post("/callback/decrementUserCredit.php", "sid", sid(), "decrement", -10).status());
        }
        assertEquals(before, ApiKit.ok(owner.get("/credit")).path("credit").asLong());
    }

    /** S3: the name CA, or any other, gives no rights; only this director's CA is believed. */
    @Test
    void namesGiveNoRights() throws Exception {
        assertThrows(ApiException.class, () -> platform.forged(Identity.user(999_999, "CA", "ca@example.org")));
        try (LegacyClient client = platform.legacy(platform.forged(Identity.user(999_999, "owner", "owner@example.org")))) {
            ApiKit.isFalse(client.post("/list"));
            ApiKit.isFalse(client.post("/stop/" + sid()));
        }
        CertificateAuthority strange = CertificateAuthority.create(folder.resolve("strange"));
        try (LegacyClient client = platform.legacy(strange.issue(ada.identity(), Duration.ofHours(1), List.of()))) {
            try {
                ApiKit.isFalse(client.post("/list"));
            } catch (IOException e) {
                // refused while shaking hands: as good
            }
        }
    }

    /** S11: data of manifests is not there for everybody. */
    @Test
    void dataNeedsItsOwner() throws Exception {
        try (LegacyClient stranger = platform.legacy(null)) {
            assertEquals(404, stranger.get("/download_data/1").status());
            assertTrue(List.of(400, 404).contains(stranger.get("/download_data/..%2Fdirector.db").status()));
            assertTrue(List.of(401, 403).contains(stranger.get("/content/0000").status()));
        }
        assertTrue(List.of(401, 403).contains(owner.get("/content/0000").status()));
    }

    /** S7: guessing passwords is slowed down. */
    @Test
    void guessingIsSlowedDown() throws Exception {
        platform.user("victim", 5);
        try (LegacyClient stranger = platform.legacy(null)) {
            Answer last = null;
            for (int i = 0; i < 20 && (last == null || last.text().strip().equals("false")); i++) {
                last = stranger.post("/login", "username", "victim", "password", "guess" + i);
            }
            ApiKit.isError(last, ErrorCode.TOO_MANY_REQUESTS, "");
            assertTrue(ApiKit.ok(stranger.post("/login", "username", "victim", "password", "secret")).path("error").asBoolean());
        }
    }

    /** S7, S16: no answer of any kind holds a password or its hash, none may be read by other origins. */
    @Test
    void noAnswerHoldsAPassword() throws Exception {
        String hash = platform.text("SELECT password FROM user WHERE username = 'owner'");
        for (String path : List.of("/list", "/listapp", "/audit", "/ledger", "/nodes", "/credit", "/operations", "/services/" + sid(), "/descriptors")) {
            Answer answer = owner.get(path);
            assertEquals(200, answer.status(), path);
            assertTrue(!answer.text().contains(hash) && !answer.text().contains("\"secrets\""), path);
            assertTrue(answer.headers().map().keySet().stream().noneMatch(h -> h.toLowerCase(java.util.Locale.ROOT).startsWith("access-control")), path);
        }
    }
}
