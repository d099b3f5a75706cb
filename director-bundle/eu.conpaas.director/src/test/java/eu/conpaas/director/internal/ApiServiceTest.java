package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ErrorCode;
import eu.conpaas.cloud.testkit.Call;
import eu.conpaas.cloud.testkit.Fault;
import eu.conpaas.pki.Identity;

/** Applications and services, as a client of 1.3.1 sees them: it sends name and password with every call. */
class ApiServiceTest extends ApiTest {
    private static final String[] SERVICE = {"sid", "name", "type", "state", "created", "manager", "vmid", "cloud", "user_id", "application_id"};
    private static LegacyClient user(String name) throws IOException {
        return platform.legacy(platform.user(name, 50));
    }

    private static Object[] with(String name, Object... fields) {
        List<Object> all = new ArrayList<>(List.of("username", name, "password", "secret"));
        all.addAll(List.of(fields));
        return all.toArray();
    }

    @Test
    void applications() throws Exception {
        try (LegacyClient ann = user("ann")) {
            JsonNode first = ApiKit.ok(ann.post("/listapp", with("ann")));
            assertEquals(1, first.size());
            assertEquals("New Application", ApiKit.object(first.get(0), "aid", "name").path("name").asText());
            JsonNode made = ApiKit.object(ApiKit.ok(ann.post("/createapp", with("ann", "name", "shop"))), "aid", "name");
            assertEquals("shop", made.path("name").asText());
            ApiKit.object(ApiKit.ok(ann.postQuery("/createapp", with("ann", "name", "by query"))), "aid", "name");
            ApiKit.isFalse(ann.post("/createapp", with("ann")));
            ApiKit.isError(ann.post("/createapp", with("ann", "name", "shop")), ErrorCode.CONFLICT, "already taken");
            assertEquals(3, ApiKit.ok(ann.get("/listapp", with("ann"))).size());
            long aid = made.path("aid").asLong();
            ApiKit.isTrue(ann.post("/renameapp/" + aid, with("ann", "name", "market")));
            ApiKit.isFalse(ann.post("/renameapp/" + aid, with("ann")));
            ApiKit.isFalse(ann.post("/renameapp/999999", with("ann", "name", "x")));
            ApiKit.isFalse(ann.post("/renameapp/none", with("ann", "name", "x")));
            ApiKit.isTrue(ann.post("/delete/" + aid, with("ann")));
            ApiKit.isFalse(ann.post("/delete/" + aid, with("ann")));
            assertEquals(2, ApiKit.ok(ann.get("/listapp")).size());
        }
    }

    @Test
    void aServiceFromStartToStop() throws Exception {
        try (LegacyClient ben = user("ben")) {
            long aid = ApiKit.ok(ben.post("/createapp", "name", "second")).path("aid").asLong();
            JsonNode service = ApiKit.object(ApiKit.ok(ben.post("/start/demo", with("ben", "appid", aid))), SERVICE);
            assertEquals("INIT", service.path("state").asText());
            assertEquals("demo", service.path("type").asText());
            assertEquals("iaas", service.path("cloud").asText());
            assertEquals(aid, service.path("application_id").asLong());
            assertEquals("New demo service", service.path("name").asText());
            assertFalse(service.path("manager").asText().isEmpty());
            assertTrue(platform.fleet.vms().contains(service.path("vmid").asText()));
            Instant.parse(service.path("created").asText());
            long sid = service.path("sid").asLong();
            assertEquals(49, ApiKit.ok(stranger.post("/login", "username", "ben", "password", "secret")).path("credit").asInt());
            ApiKit.isTrue(ben.post("/rename/" + sid, with("ben", "name", "site")));
            ApiKit.isFalse(ben.post("/rename/" + sid, with("ben")));
            assertEquals("site", ApiKit.ok(ben.get("/list")).get(0).path("name").asText());
            assertEquals(1, ApiKit.ok(ben.post("/list/" + aid, with("ben"))).size());
            assertEquals(1, ApiKit.ok(ben.get("/list/" + aid, with("ben"))).size());
            long oldest = ApiKit.ok(ben.get("/listapp")).get(0).path("aid").asLong();
            assertEquals(0, ApiKit.ok(ben.get("/list/" + oldest)).size());
            ApiKit.isTrue(ben.post("/stop/" + sid, with("ben")));
            ApiKit.isFalse(ben.post("/stop/" + sid, with("ben")));
            assertFalse(platform.fleet.vms().contains(service.path("vmid").asText()));
            assertEquals(0, ApiKit.ok(ben.post("/list", with("ben"))).size());
        }
    }

    @Test
    void theApplicationIsTheOldestAndTheCloudTheDefaultUnlessNamed() throws Exception {
        try (LegacyClient cleo = user("cleo")) {
            long oldest = ApiKit.ok(cleo.get("/listapp")).get(0).path("aid").asLong();
            ApiKit.ok(cleo.post("/createapp", "name", "younger"));
            JsonNode service = ApiKit.ok(cleo.postQuery("/start/demo/default", with("cleo")));
            assertEquals(oldest, service.path("application_id").asLong());
            assertEquals("iaas", service.path("cloud").asText());
            assertEquals("second", ApiKit.ok(cleo.post("/start/demo/second", with("cleo"))).path("cloud").asText());
            assertEquals(2, ApiKit.ok(cleo.get("/list/" + oldest)).size());
            ApiKit.isTrue(cleo.post("/delete/" + oldest, with("cleo")));
            assertEquals(0, ApiKit.ok(cleo.get("/list")).size());
        }
    }

    @Test
    void whatCannotBeStartedSaysWhy() throws Exception {
        try (LegacyClient dan = user("dan"); LegacyClient poor = platform.legacy(platform.user("poor", 0))) {
            ApiKit.isError(dan.post("/start/nonsense", with("dan")), ErrorCode.NOT_FOUND, "nonsense");
            ApiKit.isError(dan.post("/start/demo/nowhere", with("dan")), ErrorCode.NOT_FOUND, "nowhere");
            ApiKit.isError(dan.post("/start/demo", with("dan", "appid", 999_999)), ErrorCode.NOT_FOUND, "Application not found");
            ApiKit.isError(dan.post("/start/demo", with("dan", "appid", "first")), ErrorCode.INVALID_ARGUMENT, "appid");
            ApiKit.isError(poor.post("/start/demo", with("poor")), ErrorCode.NOT_ENOUGH_CREDITS, "Not enough credits");
            platform.faults.next(Call.CREATE, Fault.CAPACITY);
            ApiKit.isError(dan.post("/start/demo", with("dan")), ErrorCode.CLOUD, "");
            assertEquals(0, ApiKit.ok(dan.get("/list")).size());
            assertEquals(50, ApiKit.ok(stranger.post("/login", "username", "dan", "password", "secret")).path("credit").asInt());
        }
    }

    @Test
    void withoutCertificateNothingIsTold() throws Exception {
        for (String path : List.of("/createapp", "/delete/1", "/renameapp/1", "/listapp", "/start/demo", "/start/demo/default", "/stop/1", "/rename/1", "/list", "/list/1")) {
            ApiKit.isFalse(stranger.post(path, with("ada", "name", "x")));
        }
        for (String path : List.of("/listapp", "/list", "/list/1")) {
            ApiKit.isFalse(stranger.get(path, with("ada")));
        }
    }

    @Test
    void aManagerMayAskForItsEnd() throws Exception {
        try (LegacyClient eve = user("eve")) {
            JsonNode service = ApiKit.ok(eve.post("/start/demo", with("eve")));
            long sid = service.path("sid").asLong();
            String node = platform.text("SELECT manager_node FROM service WHERE sid = ?", sid);
            try (LegacyClient manager = platform.legacy(platform.forged(Identity.manager(service.path("user_id").asLong(), sid, node)))) {
                JsonNode answer = ApiKit.ok(manager.post("/callback/terminateService.php", "sid", sid + 1));
                assertTrue(answer.path("error").isBoolean() && !answer.path("error").asBoolean());
            }
            Platform.await("the service is gone", () -> platform.number("SELECT count(*) FROM service WHERE sid = ? AND gone IS NULL", sid) == 0);
        }
    }
}
