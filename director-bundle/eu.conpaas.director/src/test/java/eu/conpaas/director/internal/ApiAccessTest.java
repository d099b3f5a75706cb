package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.MemberRole;
import eu.conpaas.client.Director;
import eu.conpaas.director.internal.LegacyClient.Answer;
import eu.conpaas.rpc.Access;

/** Every endpoint there is, called by everybody who may not call it; those that come later are tested without being named here. */
class ApiAccessTest {
    private static final Set<Access> OPEN = Set.of(Access.PUBLIC, Access.PASSWORD, Access.PASSWORD_OR_USER);
    private static final Set<Access> OWNERS = Set.of(Access.SERVICE_OWNER, Access.APPLICATION_OWNER, Access.ADMIN);
    private static final Set<Access> DEVELOPERS = Set.of(Access.SERVICE_DEVELOPER, Access.SERVICE_METHOD, Access.APPLICATION_DEVELOPER, Access.OPERATION_DEVELOPER);
    @TempDir
    static Path folder;
    private static Platform platform;
    private static List<Endpoint> endpoints;
    private static long aid;
    private static String operation;
    private static long sid;

    private record Endpoint(String verb, String path, Access access) {
        String filled() {
            return path.replace("{sid}", Long.toString(sid)).replace("{aid}", Long.toString(aid)).replace("{id}", operation).replace("{method}", "startup")
                    .replace("{type}", "demo").replaceAll("\\{[^}]*}", "1");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        platform = new Platform(folder, 50);
        sid = platform.created();
        aid = platform.aid();
        operation = platform.client.operations().list(sid, false).getFirst().id();
        endpoints = new ArrayList<>();
        JsonNode paths = platform.client.openApi().path("paths");
        paths.properties().forEach(path -> path.getValue().properties().forEach(verb -> endpoints
                .add(new Endpoint(verb.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), Access.valueOf(verb.getValue().path("x-access").asText())))));
        assertTrue(endpoints.size() > 90, Integer.toString(endpoints.size()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static void refused(LegacyClient client, Endpoint endpoint, Set<Integer> statuses, String... headers) throws Exception {
        Answer answer = client.call(endpoint.verb(), endpoint.filled(), headers);
        boolean old = answer.status() == 200;
        String text = answer.text().strip();
        String reason = answer.headers().firstValue("X-ConPaaS-Error").orElse(text);
        boolean said = List.of("NOT_AUTHENTICATED", "FORBIDDEN", "NOT_FOUND").stream().anyMatch(reason::contains);
        assertTrue(old ? (text.equals("false") || answer.json().path("error").asBoolean()) && said : statuses.contains(answer.status()), endpoint + ": " + answer);
    }

    private static List<Endpoint> all(java.util.function.Predicate<Access> which) {
        return endpoints.stream().filter(e -> which.test(e.access())).toList();
    }

    @Test
    void whoIsNobodyGetsNothing() throws Exception {
        try (LegacyClient nobody = platform.legacy(null)) {
            for (Endpoint endpoint : all(a -> !OPEN.contains(a))) {
                refused(nobody, endpoint, Set.of(401));
                refused(nobody, endpoint, Set.of(401), "Authorization", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            }
        }
    }

    @Test
    void othersThingsAreNotThere() throws Exception {
        try (LegacyClient other = platform.legacy(platform.user("other", 50))) {
            for (Endpoint endpoint : all(a -> !OPEN.contains(a) && a != Access.USER)) {
                refused(other, endpoint, endpoint.access() == Access.ADMIN || endpoint.path().contains("/managers/") || endpoint.path().contains("/nodes/")
                        || endpoint.path().contains("/content/") ? Set.of(403) : Set.of(404));
            }
        }
    }

    @Test
    void membersDoWhatTheirRoleAllows() throws Exception {
        try (LegacyClient viewer = platform.legacy(platform.user("viewer", 50)); LegacyClient developer = platform.legacy(platform.user("developer", 50))) {
            platform.client.members().put(aid, "viewer", MemberRole.VIEWER);
            platform.client.members().put(aid, "developer", MemberRole.DEVELOPER);
            for (Endpoint endpoint : all(OWNERS::contains)) {
                refused(developer, endpoint, Set.of(403));
            }
            for (Endpoint endpoint : all(a -> OWNERS.contains(a) || DEVELOPERS.contains(a))) {
                refused(viewer, endpoint, Set.of(403));
            }
            for (String path : List.of("/services/" + sid, "/services/" + sid + "/history", "/applications/" + aid + "/members", "/list/" + aid, "/operations/" + operation)) {
                assertEquals(200, viewer.get(path).status(), path);
            }
            assertTrue(viewer.get("/list").text().contains("\"sid\":" + sid + ","));
            assertTrue(viewer.get("/operations").text().contains(operation));
            assertEquals(200, viewer.post("/services/" + sid + "/call/get_service_history").status());
            assertEquals(200, viewer.post("/services/" + sid + "/call/get_service_info").status());
            assertEquals(403, viewer.post("/services/" + sid + "/call/list_authorized_keys").status());
            assertEquals(403, viewer.post("/services/" + sid + "/call/nonsense").status());
            ApiKit.isError(viewer.post("/start/demo", "appid", aid), eu.conpaas.api.ErrorCode.NOT_FOUND, "Application not found");
            platform.client.members().remove(aid, "viewer");
            assertEquals(404, viewer.get("/services/" + sid).status());
            assertEquals("[]", viewer.get("/list").text().strip());
        }
    }

    @Test
    void whoIsDisabledGetsNothingByCertificateTokenOrPassword() throws Exception {
        var credentials = platform.user("disabled", 50);
        platform.client.members().put(aid, "disabled", MemberRole.DEVELOPER);
        try (LegacyClient certificate = platform.legacy(credentials); LegacyClient nobody = platform.legacy(null);
                Director boss = platform.client(platform.administrator("chief")); Director user = platform.client(credentials)) {
            String token = user.signIn().token();
            assertEquals(200, nobody.call("GET", "/account", "Authorization", "Bearer " + token).status());
            assertEquals(200, certificate.get("/account").status());
            boss.users().disable(credentials.identity().uid(), "left the house");
            for (Endpoint endpoint : all(a -> !OPEN.contains(a))) {
                refused(certificate, endpoint, Set.of(403));
                refused(nobody, endpoint, Set.of(401), "Authorization", "Bearer " + token);
            }
            ApiKit.isError(nobody.post("/login", "username", "disabled", "password", "secret"), eu.conpaas.api.ErrorCode.FORBIDDEN, "left the house");
            assertEquals(403, nobody.post("/tokens", "username", "disabled", "password", "secret").status());
            boss.users().enable(credentials.identity().uid());
            assertEquals(200, certificate.get("/services/" + sid).status());
            assertEquals(401, nobody.call("GET", "/account", "Authorization", "Bearer " + token).status());
        }
    }

    /** What lets a browser in must not be lent to other sites: a certificate in the browser goes with whatever page asks. */
    @Test
    void otherSitesChangeNothing() throws Exception {
        try (LegacyClient owner = platform.legacy(platform.credentials)) {
            String own = platform.url();
            for (String[] headers : List.of(new String[] {"Origin", "https://evil.example.org"}, new String[] {"Origin", "null"}, new String[] {"Sec-Fetch-Site", "cross-site"})) {
                Answer answer = owner.call("POST", "/createapp?name=stolen", headers);
                assertEquals(403, answer.status(), answer.toString());
            }
            assertEquals(200, owner.call("POST", "/createapp?name=mine", "Origin", own, "Sec-Fetch-Site", "same-origin").status());
            assertTrue(!owner.get("/listapp").text().contains("stolen"));
            String token = platform.client(platform.credentials).signIn().token();
            try (LegacyClient nobody = platform.legacy(null)) {
                assertEquals(401, nobody.get("/account", "token", token).status());
                assertEquals(401, nobody.call("GET", "/account", "Cookie", "token=" + token).status());
            }
        }
    }

    @Test
    void administratorsSeeAllButChangeOnlyAsMembers() throws IOException, InterruptedException {
        var credentials = platform.administrator("boss");
        try (LegacyClient admin = platform.legacy(credentials); Director boss = platform.client(credentials)) {
            assertEquals(200, admin.get("/services/" + sid).status());
            assertEquals(200, admin.get("/applications/" + aid + "/members").status());
            assertEquals(403, admin.post("/services/" + sid + "/call/startup").status());
            assertEquals(403, admin.get("/applications/" + aid + "/manifest").status());
            boss.members().put(aid, "boss", MemberRole.DEVELOPER);
            assertEquals(200, admin.get("/applications/" + aid + "/manifest").status());
            assertTrue(platform.client.members().list(aid).stream().anyMatch(m -> m.username().equals("boss")));
            assertTrue(platform.client.audit().stream().anyMatch(a -> a.actor().equals("boss") && a.action().startsWith("set_member") && a.aid() == aid));
            boss.members().remove(aid, "boss");
            assertEquals(403, admin.get("/applications/" + aid + "/manifest").status());
        }
    }
}
