package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.Operation;
import eu.conpaas.api.StepKind;
import eu.conpaas.client.Connection;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Pem;

/** All that a director stores is the same when it is started again. */
class RestartTest {
    @TempDir
    Path folder;

    /** Everything the API shows of the user, by path. */
    private Map<String, String> shown(Platform p, Credentials credentials, long sid) throws Exception {
        Map<String, String> shown = new LinkedHashMap<>();
        try (LegacyClient client = p.legacy(credentials)) {
            for (String path : List.of("/listapp", "/list", "/credit", "/ledger", "/audit", "/operations", "/operations?open=true", "/services/" + sid + "/history",
                    "/services/" + sid + "/versions", "/services/" + sid + "/startup-script")) {
                LegacyClient.Answer answer = client.get(path);
                assertEquals(200, answer.status(), path + answer);
                // when the credit will be used up is reckoned from now
                shown.put(path, answer.text().replaceAll("\"emptyAt\":\"[^\"]*\"", ""));
            }
            shown.put("desired", client.get("/services/" + sid).json().path("desired").toString());
            shown.put("nodes", client.get("/nodes").text().replaceAll("\"heartbeat\":\"[^\"]*\"", ""));
        }
        for (String column : List.of("username", "fname", "lname", "email", "affiliation", "password", "created")) {
            shown.put(column, p.text("SELECT " + column + " FROM user ORDER BY uid"));
        }
        return shown;
    }

    private Path archive(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write(content.getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return file;
    }

    @Test
    void everythingIsThereAgain() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            p.client.createApplication("second");
            long sid = p.running();
            p.client.services().rename(sid, "site");
            Path archive = archive("code.zip", "hello");
            CodeVersion version = p.client.services().uploadVersion(sid, archive, "first", (done, of) -> { });
            p.client.services().uploadStartupScript(sid, Files.writeString(folder.resolve("startup.sh"), "#!/bin/sh\necho hello\n"));
            Platform.require(p.ended(p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation()), Operation.State.DONE);
            Credentials ada = p.credentials;
            p.fleet.hang(step -> step.kind().equals(StepKind.CONFIGURE));
            Operation open = p.client.services().change(sid, "add_nodes", Map.of("back", 1), false).operation();
            Platform.await("the step hangs", () -> p.client.operations().get(open.id()).steps().values().stream()
                    .filter(s -> s.state() == Operation.StepState.RUNNING).count() == 1 && p.client.credit().held() == 0);
            try (eu.conpaas.client.Director byToken = Connection.to(p.url()).ca(Pem.readCertificate(folder.resolve("certs/ca_cert.pem"))).director()) {
                byToken.signIn("ada", "secret");
                Map<String, String> before = shown(p, ada, sid);
                p.restart();
                assertEquals(before, shown(p, ada, sid));
                assertEquals(2, byToken.applications().size());
                assertEquals("ada", byToken.login("ada", "secret").username());
                byToken.signOut();
                p.restart();
                assertThrows(ApiException.class, byToken::applications);
            }
            Path copy = folder.resolve("copy.zip");
            p.client.services().downloadVersion(sid, version.id(), copy, (done, of) -> { });
            assertEquals(-1, Files.mismatch(archive, copy));
            p.stop();
            p.fleet.hang(step -> false);
            p.start();
            Platform.require(p.ended(open), Operation.State.DONE);
            assertEquals(5, p.world.vms().size());
        }
    }

    @Test
    void whatIsRevokedStaysRevoked() throws Exception {
        try (Platform p = new Platform(folder, 50)) {
            long sid = p.created();
            Credentials manager = p.fleet.credentials(p.client.services().get(sid).service().vmid());
            try (LegacyClient node = p.legacy(manager)) {
                // known, but no user
                assertEquals(403, node.get("/credit").status());
            }
            Platform.require(p.ended(p.client.services().terminate(sid, true).operation()), Operation.State.DONE);
            refused(p, manager);
            p.restart();
            refused(p, manager);
            assertEquals(1, p.number("SELECT count(*) FROM revocation"));
        }
    }

    /** Whether by closing the connection or by an answer as to nobody. */
    private static void refused(Platform p, Credentials credentials) throws Exception {
        try (LegacyClient node = p.legacy(credentials)) {
            int status;
            try {
                status = node.get("/credit").status();
            } catch (IOException e) {
                status = 401;
            }
            assertTrue(status == 401, "status " + status);
        }
    }
}
