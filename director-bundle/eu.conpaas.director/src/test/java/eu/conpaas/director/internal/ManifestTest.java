package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Operation.StepState;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StepKind;
import eu.conpaas.rpc.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests over real HTTP: made, taken back, changed, gone on with. */
class ManifestTest {
    @TempDir
    Path folder;
    private Platform p;
    private FileServer files;

    @BeforeEach
    void start() throws IOException {
        p = new Platform(folder, 50);
        files = new FileServer();
    }

    @AfterEach
    void stop() {
        files.close();
        p.close();
    }

    private String shop() throws IOException {
        return """
                {"Application": "Shop", "Description": "as in the original", "Services": [
                  {"Type": "demo", "ServiceName": "My DB", "Start": 1, "StartupInstances": {"workers": "3"}, "Password": "contrail123"},
                  {"Type": "demo", "ServiceName": "web", "Start": 1, "Archive": "%s", "StartupScript": "%s",
                   "Settings": {"colour": "blue"}, "Environment": {"DB": "${my-db.address}:1", "DB_PASSWORD": "hidden"}},
                  {"Type": "demo"}]}""".formatted(files.zip("app.zip", "one"), files.put("setup.sh", "#!/bin/sh\necho hi\n"));
    }

    private Operation done(Accepted accepted) {
        Operation op = p.ended(accepted.operation());
        Platform.require(op, Operation.State.DONE);
        return op;
    }

    private List<ServiceView> services(long aid) {
        return p.client.services().list(aid);
    }

    private ServiceView service(long aid, String name) {
        return services(aid).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private DesiredState desired(long aid, String name) {
        return p.client.services().get(service(aid, name).sid()).desired();
    }

    @Test
    void anApplicationIsMadeOfAManifest() throws Exception {
        Accepted planned = p.client.manifests().planCreate(shop());
        assertNull(planned.operation());
        assertEquals(1, p.client.applications().size());
        assertEquals(0, p.number("SELECT count(*) FROM service"));
        assertEquals(8, planned.plan().creditsNow(), planned.plan().toString());
        assertEquals(8, planned.plan().creditsPerHour());
        assertTrue(planned.plan().steps().stream().map(PlanStep::title).toList().containsAll(List.of("Create demo 'My DB'", "Start demo 'web'", "Set demo 'My DB': Password",
                "demo 'My DB': add 1 back", "demo 'web': colour (default) → blue", "Fetch " + files.url("app.zip"))), planned.plan().steps().toString());
        assertFalse(planned.toString().contains("contrail123") || planned.toString().contains("hidden"), planned.toString());
        long aid = done(p.client.manifests().create(shop(), false)).aid();
        assertEquals("Shop", p.client.applications().stream().filter(a -> a.aid() == aid).findFirst().orElseThrow().name());
        assertEquals(List.of(ServiceState.RUNNING, ServiceState.RUNNING, ServiceState.INIT), services(aid).stream().map(ServiceView::state).toList());
        assertEquals(Map.of("front", 1, "back", 2), desired(aid, "My DB").counts());
        DesiredState web = desired(aid, "web");
        assertEquals(Map.of("colour", "blue"), web.settings());
        assertEquals("${my-db.address}:1", web.environment().get("DB"));
        assertNotNull(web.codeVersion());
        assertNotNull(web.startupScript());
        assertEquals(8, p.world.vms().size());
        assertEquals(0, p.number("SELECT count(*) FROM job_note"), "the password is forgotten");
        assertEquals(0, p.number("SELECT count(*) FROM content_ref WHERE sid = 0"));
        String again = "{\"Application\": \"Shop\", \"Services\": []}";
        long second = done(p.client.manifests().create(again, false)).aid();
        assertEquals("Shop (2)", p.client.applications().stream().filter(a -> a.aid() == second).map(ApplicationView::name).findFirst().orElseThrow());
    }

    @Test
    void allThatIsWrongIsToldBeforeAnythingIsDone() throws Exception {
        ApiException form = assertThrows(ApiException.class, () -> p.client.manifests().create("""
                {"Application": "X", "Extra": 1, "Services": [{"Type": "xtreemfs", "Start": 1}, {"Type": "demo", "Start": 7, "Colour": "x"},
                 {"Type": "demo", "ServiceName": "a", "StartupInstances": {"slaves": 1}}, {"Type": "demo", "ServiceName": "a", "Archive": 5, "Settings": "x"}, 3]}""", false));
        for (String part : List.of("Extra: is no key", "no service type 'xtreemfs' here; there is demo", "[1].Start", "[1].Colour", "[2].StartupInstances.slaves", "'a' is there twice",
                "[3].Settings", "[4]: must be an object")) {
            assertTrue(form.error().cause().contains(part), part + " in " + form.error().cause());
        }
        ApiException meaning = assertThrows(ApiException.class, () -> p.client.manifests().create("""
                {"Application": "X", "Services": [
                 {"Type": "demo", "ServiceName": "a", "Start": 1, "StartupInstances": {"workers": 99}, "Password": "short"},
                 {"Type": "demo", "ServiceName": "b", "Cloud": "nowhere"},
                 {"Type": "demo", "ServiceName": "c", "Archive": "file:///etc/passwd", "Settings": {"colour": "green"}, "StartupScript": "http://169.254.169.254/x"},
                 {"Type": "demo", "ServiceName": "d", "Password": "long enough", "Environment": {"A": "${e.address}", "B": "${a.password}"}}]}""", false));
        for (String part : List.of("[0].StartupInstances", "[0].Password", "[1]", "nowhere", "[2].Archive", "[2].Settings", "green", "[2].StartupScript", "[3].Password: needs the service to run",
                "[3].Environment", "'e'")) {
            assertTrue(meaning.error().cause().contains(part), part + " in " + meaning.error().cause());
        }
        assertThrows(ApiException.class, () -> p.client.manifests().create("{", false));
        assertThrows(ApiException.class, () -> p.client.manifests().create("{\"Services\": []}", false));
        ApiException poor = assertThrows(ApiException.class, () -> p.client.manifests().create(
                "{\"Application\": \"X\", \"Services\": [" + "{\"Type\": \"demo\", \"Start\": 1, \"StartupInstances\": {\"workers\": 10}},".repeat(5).replaceFirst(",$", "]}"), false));
        assertEquals(ErrorCode.NOT_ENOUGH_CREDITS, poor.error().code());
        assertEquals(1, p.client.applications().size());
        assertEquals(0, p.number("SELECT count(*) FROM operation"));
    }

    @Test
    void whatFailsIsTakenBackWhole() throws Exception {
        files.zip("app.zip", "one");
        p.fleet.fail(step -> step.kind().equals(StepKind.CONFIGURE) && "back".equals(step.role()));
        Operation op = p.ended(p.client.manifests().create(shop(), false).operation());
        Platform.require(op, Operation.State.UNDONE);
        assertTrue(op.error().cause().contains("Start demo 'My DB'"), op.error().toString());
        assertEquals(1, p.client.applications().size(), "the new application is gone");
        Platform.await("no VM is left", () -> p.world.vms().isEmpty());
        assertEquals(0, p.client.credit().held());
        Operation gone = p.ended(p.client.manifests().create(shop().replace("app.zip", "nothing.zip"), false).operation());
        Platform.require(gone, Operation.State.UNDONE);
        assertEquals(3, p.number("SELECT count(*) FROM service"), "no service was made before all files were there");
        files.put("app.zip", "no archive at all");
        String bad = shop().replace("app.zip", "bad.zip");
        files.put("bad.zip", "no archive at all");
        Operation unpacked = p.ended(p.client.manifests().create(bad, false).operation());
        Platform.require(unpacked, Operation.State.UNDONE);
        assertEquals(ErrorCode.BAD_ARCHIVE, unpacked.error().code());
        assertEquals(1, p.client.applications().size());
    }

    @Test
    void aCancelledOneIsTakenBack() throws Exception {
        p.fleet.hang(step -> step.kind().equals(StepKind.CONFIGURE));
        Operation op = p.client.manifests().create(shop(), false).operation();
        Platform.await("it starts a service", () -> p.client.operations().get(op.id()).steps().entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith("call") && e.getValue().state() == StepState.RUNNING));
        ApiException busy = assertThrows(ApiException.class, () -> p.client.manifests().update(op.aid(), "{\"Application\": \"Shop\", \"Services\": []}", true));
        assertEquals(ErrorCode.INVALID_ARGUMENT == busy.error().code() ? ErrorCode.WRONG_STATE : busy.error().code(), ErrorCode.WRONG_STATE);
        p.client.operations().cancel(op.id());
        Operation ended = p.ended(op);
        Platform.require(ended, Operation.State.UNDONE);
        assertEquals("Cancelled by request.", ended.error().cause());
        assertEquals(1, p.client.applications().size());
        Platform.await("no VM is left", () -> p.world.vms().isEmpty());
    }

    @Test
    void aRestartedDirectorGoesOn() throws Exception {
        p.fleet.hang(step -> step.kind().equals(StepKind.CONFIGURE));
        Operation op = p.client.manifests().create(shop(), false).operation();
        Platform.await("it starts a service", () -> p.client.operations().get(op.id()).steps().entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith("call") && e.getValue().state() == StepState.RUNNING));
        p.stop();
        p.fleet.hang(step -> false);
        p.start();
        Platform.require(p.ended(op), Operation.State.DONE);
        assertEquals(3, services(op.aid()).size());
        assertEquals(8, p.world.vms().size());
    }

    @Test
    void aRunningApplicationIsChanged() throws Exception {
        long aid = done(p.client.manifests().create(shop(), false)).aid();
        Accepted same = p.client.manifests().update(aid, Json.write(p.client.manifests().download(aid, false, false)), false);
        assertNull(same.operation(), "what was downloaded says how it is: " + same);
        long db = service(aid, "My DB").sid();
        String code = desired(aid, "web").codeVersion();
        String changed = """
                {"Application": "Shop", "Services": [
                  {"Type": "demo", "ServiceName": "My DB", "StartupInstances": {"workers": 1}},
                  {"Type": "demo", "ServiceName": "web", "Archive": "%s", "Settings": {"depth": 7}, "Environment": {"DB": "x", "DB_PASSWORD": null}},
                  {"Type": "demo", "ServiceName": "new", "Start": 1}]}""".formatted(files.zip("app2.zip", "two"));
        Accepted planned = p.client.manifests().planUpdate(aid, changed);
        List<String> titles = planned.plan().steps().stream().map(PlanStep::title).toList();
        assertEquals(List.of("Fetch " + files.url("app2.zip"), "Create demo 'new'", "demo 'My DB': remove 2 back", "demo 'web': Archive from " + files.url("app2.zip"),
                "demo 'web': colour blue → red, depth (default) → 7", "demo 'web': environment: change DB", "Start demo 'new'", "Remove demo 'New demo service'"), titles);
        assertEquals(ErrorCode.CONFIRMATION_NEEDED, assertThrows(ApiException.class, () -> p.client.manifests().update(aid, changed, false)).error().code());
        done(p.client.manifests().update(aid, changed, true));
        assertEquals(List.of("My DB", "web", "new"), services(aid).stream().map(ServiceView::name).toList());
        assertEquals(db, service(aid, "My DB").sid());
        assertEquals(0, desired(aid, "My DB").counts().get("back"));
        DesiredState web = desired(aid, "web");
        assertEquals(Map.of("colour", "red", "depth", "7"), web.settings());
        assertEquals(Map.of("DB", "x", "DB_PASSWORD", "hidden"), web.environment());
        assertFalse(code.equals(web.codeVersion()));
        Accepted again = p.client.manifests().update(aid, changed, true);
        Platform.require(p.ended(again.operation()), Operation.State.DONE);
        assertEquals(web, desired(aid, "web"), "the same archive again changes nothing");
    }

    @Test
    void aFailedChangeIsPutBack() throws Exception {
        long aid = done(p.client.manifests().create(shop(), false)).aid();
        DesiredState db = desired(aid, "My DB");
        DesiredState web = desired(aid, "web");
        String changed = """
                {"Application": "Shop", "Services": [
                  {"Type": "demo", "ServiceName": "new", "Start": 1},
                  {"Type": "demo", "ServiceName": "My DB", "StartupInstances": {"workers": 5}},
                  {"Type": "demo", "ServiceName": "web", "Start": 0, "Archive": "%s", "StartupScript": "%s", "Settings": {"depth": 7}},
                  {"Type": "demo", "ServiceName": "New demo service", "Start": 1}]}""".formatted(files.zip("app2.zip", "two"), files.put("other.sh", "#!/bin/sh\n"));
        long last = service(aid, "New demo service").sid();
        p.fleet.fail((assignment, step) -> assignment.service().sid() == last);
        Operation op = p.ended(p.client.manifests().update(aid, changed, true).operation());
        Platform.require(op, Operation.State.UNDONE);
        assertEquals(3, services(aid).size(), "the new service is gone again");
        assertEquals(state(db), state(desired(aid, "My DB")));
        assertEquals(state(web), state(desired(aid, "web")));
        assertEquals(Goal.RUNNING, desired(aid, "web").goal());
        assertEquals(1, p.client.services().versions(service(aid, "web").sid()).stream().filter(v -> v.filename().endsWith(".zip")).count());
        assertEquals(ServiceState.INIT, service(aid, "New demo service").state());
        assertEquals("#!/bin/sh\necho hi\n", p.client.services().startupScript(service(aid, "web").sid()));
    }

    private static List<Object> state(DesiredState s) {
        return List.of(s.goal(), s.counts(), s.codeVersion() == null ? "" : s.codeVersion(), s.settings(), s.environment(), String.valueOf(s.startupScript()));
    }

    @Test
    void whatIsDownloadedMakesTheSameAgain() throws Exception {
        long aid = done(p.client.manifests().create(shop(), false)).aid();
        JsonNode plain = p.client.manifests().download(aid, false, false);
        JsonNode web = plain.path("Services").get(1);
        assertTrue(web.path("Environment").get("DB_PASSWORD").isNull());
        assertEquals("hidden", p.client.manifests().download(aid, true, false).path("Services").get(1).path("Environment").path("DB_PASSWORD").asText());
        assertEquals(3, plain.path("Services").get(0).path("StartupInstances").path("workers").asInt());
        assertEquals(0, plain.path("Services").get(2).path("Start").asInt());
        String link = web.path("Archive").asText();
        try (LegacyClient nobody = p.legacy(null)) {
            String path = link.substring(link.indexOf("/download_data/"));
            assertEquals(200, nobody.get(path).status());
            assertEquals(404, nobody.get(path + "0").status());
            p.clock.forward(java.time.Duration.ofMinutes(61));
            assertEquals(404, nobody.get(path).status());
        }
        assertThrows(ApiException.class, () -> p.client.manifests().create(Json.write(plain), true));
        long copy = done(p.client.manifests().create(Json.write(p.client.manifests().download(aid, true, false)), true)).aid();
        for (String name : List.of("My DB", "web")) {
            assertEquals(desired(aid, name).counts(), desired(copy, name).counts());
            assertEquals(desired(aid, name).environment(), desired(copy, name).environment());
            assertEquals(desired(aid, name).startupScript(), desired(copy, name).startupScript());
        }
    }

    @Test
    void clientsOfOldUploadAndDownload() throws Exception {
        try (LegacyClient ada = p.legacy(p.credentials)) {
            ApiKit.isTrue(ada.post("/upload_manifest", "manifest", shop()));
            long aid = p.client.applications().stream().filter(a -> a.name().equals("Shop")).findFirst().orElseThrow().aid();
            assertEquals(3, services(aid).size());
            JsonNode manifest = ApiKit.object(ApiKit.ok(ada.post("/download_manifest/" + aid)), "Application", "Services");
            assertEquals("demo", manifest.path("Services").get(0).path("Type").asText());
            ApiKit.isFalse(ada.post("/upload_manifest"));
            ApiKit.isFalse(ada.post("/download_manifest/9999"));
            ApiKit.isError(ada.post("/upload_manifest", "manifest", "{\"Application\": \"x\", \"Services\": [{\"Type\": \"xtreemfs\"}]}"), ErrorCode.INVALID_ARGUMENT, "xtreemfs");
            ApiKit.isTrue(ada.post("/upload_manifest", "manifest", "{\"Application\": \"later\", \"Services\": [{\"Type\": \"demo\"}]}", "thread", "1"));
            Platform.await("it is made", () -> p.client.operations().list(0, true).isEmpty());
        }
    }
}
