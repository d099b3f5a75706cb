package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.GitPush.Update;
import eu.conpaas.api.GitRepository;
import eu.conpaas.api.Operation;
import eu.conpaas.client.NodeLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the director keeps of a service's repository, and what becomes of pushes that managers hand on. */
class GitTest {
    private static final String MAIN = "refs/heads/main";
    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);
    @TempDir
    Path folder;
    private Platform p;
    private long sid;

    @BeforeEach
    void start() throws Exception {
        p = new Platform(folder, 50);
        sid = p.created();
        Platform.await("the manager works", () -> p.fleet.manager(sid) != null);
    }

    @AfterEach
    void stop() {
        p.close();
    }

    private static String key(int n) {
        byte[] key = new byte[51];
        key[3] = 11;
        System.arraycopy("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), 0, key, 4, 11);
        key[18] = 32;
        key[50] = (byte) n;
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(key) + " key" + n;
    }

    private String upload(String text) throws IOException {
        return p.client.services().upload(sid, "upload_authorized_key", Map.of(), "key", Files.writeString(folder.resolve("key.pub"), text), (done, of) -> { })
                .path("outcome").asText();
    }

    private JsonNode call(String method, Map<String, Object> arguments) {
        return p.client.services().call(sid, method, arguments);
    }

    private GitRepository told() throws InterruptedException {
        String last = p.text("SELECT version FROM git WHERE sid = ?", sid);
        Platform.await("the manager is told", () -> p.fleet.assignment(sid).git() != null && p.fleet.assignment(sid).git().version() == Long.parseLong(last));
        return p.fleet.assignment(sid).git();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path archive(String entry) throws IOException {
        Path file = folder.resolve("code.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(entry.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }

    private static GitPush push(long epoch, String before, String after, String version) {
        return new GitPush(epoch, List.of(new Update(MAIN, before, after)), MAIN, version, "subject of " + after.charAt(0), "SHA256:x");
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertEquals(code, assertThrows(ApiException.class, call::run).error().code());
    }

    @Test
    void keysAreKeptAndManagersAreTold() throws Exception {
        assertNull(p.fleet.assignment(sid).git());
        assertEquals("2 keys added to authorized_keys", upload("# mine\n" + key(1) + "\n" + key(2) + "\n"));
        assertEquals("1 keys added to authorized_keys", upload(key(2) + " again\n" + key(3)));
        refused(ErrorCode.INVALID_ARGUMENT, () -> {
            try {
                upload("command=\"sh\" " + key(4));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(3, call("list_authorized_keys", Map.of()).path("authorizedKeys").size());
        assertEquals(3, told().keys().size());
        assertEquals("1 keys removed from authorized_keys", call("remove_authorized_key", Map.of("key", "key2")).path("outcome").asText());
        refused(ErrorCode.NOT_FOUND, () -> call("remove_authorized_key", Map.of("key", "key2")));
        p.stop();
        p.start();
        assertEquals(List.of(key(1), key(3)), List.of(call("list_authorized_keys", Map.of()).path("authorizedKeys").get(0).asText(),
                call("list_authorized_keys", Map.of()).path("authorizedKeys").get(1).asText()));
        assertTrue(p.client.audit().stream().anyMatch(a -> a.action().equals("upload_authorized_key")));
    }

    @Test
    void aPushIsOnDiskWholeOrNotAtAll() throws Exception {
        upload(key(1));
        NodeLink manager = p.fleet.manager(sid);
        long epoch = p.fleet.assignment(sid).epoch();
        refused(ErrorCode.STALE_EPOCH, () -> manager.push(push(epoch - 1, null, ONE, null), null, null));
        Path bad = archive("../outside");
        Path pack = file("pack", "objects");
        refused(ErrorCode.BAD_ARCHIVE, () -> manager.push(push(epoch, null, ONE, ONE), pack, bad));
        refused(ErrorCode.CONFLICT, () -> manager.push(push(epoch, TWO, ONE, null), pack, null));
        refused(ErrorCode.INVALID_ARGUMENT, () -> manager.push(new GitPush(epoch, List.of(new Update("refs/../x", null, ONE)), null, null, null, "x"), null, null));
        assertTrue(told().refs().isEmpty());
        Path code = archive("index.php");
        GitPush.Answer answer = manager.push(push(epoch, null, ONE, ONE), pack, code);
        assertEquals("1111111", answer.version());
        assertEquals(answer, manager.push(push(epoch, null, ONE, ONE), pack, code), "the same push again is no error");
        GitRepository kept = told();
        assertEquals(Map.of(MAIN, ONE), kept.refs());
        assertEquals(MAIN, kept.head());
        assertEquals(1, kept.packs().size());
        Path fetched = folder.resolve("fetched");
        manager.content(kept.packs().getFirst(), fetched, (done, of) -> { });
        assertEquals("objects", Files.readString(fetched));
        CodeVersion version = p.client.services().versions(sid).getFirst();
        assertEquals(List.of("1111111", "git", "subject of 1"), List.of(version.id(), version.type(), version.description()));
        assertTrue(p.client.audit().stream().anyMatch(a -> a.action().equals("git push") && a.outcome().equals("ok, version 1111111")));
        assertTrue(p.client.audit().stream().anyMatch(a -> a.action().equals("git push") && a.outcome().startsWith("refused: Absolute")));
        p.stop();
        p.start();
        Path second = file("pack2", "more objects");
        manager.push(push(epoch, ONE, TWO, null), second, null);
        assertEquals(Map.of(MAIN, TWO), told().refs());
    }

    @Test
    void packsBecomeOneAndGoWithTheService() throws Exception {
        upload(key(1));
        NodeLink manager = p.fleet.manager(sid);
        long epoch = p.fleet.assignment(sid).epoch();
        manager.push(push(epoch, null, ONE, null), file("a", "a"), null);
        long version = manager.push(push(epoch, ONE, TWO, null), file("b", "b"), null).repository();
        Path all = file("all", "all");
        refused(ErrorCode.CONFLICT, () -> manager.compact(new GitPush.Compact(epoch, version - 1), all));
        manager.compact(new GitPush.Compact(epoch, version), all);
        assertEquals(1, told().packs().size());
        p.ended(p.client.services().terminate(sid, false).operation());
        assertEquals(0, p.number("SELECT count(*) FROM git_pack") + p.number("SELECT count(*) FROM git_key") + p.number("SELECT count(*) FROM content_ref"));
    }

    @Test
    void managersActivateWhatWasPushed() throws Exception {
        upload(key(1));
        assertEquals("On", call("update_git_configuration", Map.of("activate", "on", "branch", "release/1")).path("activate").asText());
        refused(ErrorCode.INVALID_ARGUMENT, () -> call("update_git_configuration", Map.of("branch", "../x")));
        assertEquals("refs/heads/release/1", told().head());
        NodeLink manager = p.fleet.manager(sid);
        long epoch = p.fleet.assignment(sid).epoch();
        String version = manager.push(push(epoch, null, ONE, ONE), file("a", "a"), archive("index.php")).version();
        Operation operation = manager.activate(epoch, version);
        Platform.require(p.ended(operation), Operation.State.DONE);
        assertEquals(Operation.State.DONE, manager.operation(operation.id()).state());
        assertEquals(version, p.client.services().get(sid).desired().codeVersion());
        refused(ErrorCode.STALE_EPOCH, () -> manager.activate(epoch - 1, version));
        refused(ErrorCode.NOT_FOUND, () -> manager.operation("none"));
    }
}
