package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ExportView;
import eu.conpaas.api.LogName;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.api.ServiceView;
import eu.conpaas.api.StateChange;
import eu.conpaas.client.Exports;
import eu.conpaas.service.archive.Packer;

/** Whole applications leave as a file and come in again; what is wrong with a file is found before anything is made of it. */
class TransferTest {
    private static final int DATA = 1 << 20;
    @TempDir
    Path folder;
    private Platform platform;
    private PlayedData data;
    private Exports exports;
    private final byte[] bytes = new byte[DATA];
    private final Random random = new Random(11);

    @BeforeEach
    void start() throws IOException {
        random.nextBytes(bytes);
        platform = new Platform(folder, 50);
        data = new PlayedData(folder);
        platform.fleet.doors(data::open);
        exports = platform.client.exports();
    }

    @AfterEach
    void stop() {
        platform.close();
        data.close();
    }

    /** A running service with two code versions, variables, a start-up script and data. */
    private long source() throws IOException {
        long sid = platform.running();
        data.held.put(sid, bytes);
        Path tree = Files.createDirectories(folder.resolve("code"));
        Files.writeString(tree.resolve("index.php"), "one");
        platform.client.services().uploadVersion(sid, packed(tree, "one.tar"), "the first", (d, t) -> { });
        Files.writeString(tree.resolve("index.php"), "two");
        platform.client.services().uploadVersion(sid, packed(tree, "two.tar"), "the second", (d, t) -> { });
        platform.client.services().uploadStartupScript(sid, Files.writeString(folder.resolve("startup.sh"), "echo hello"));
        Platform.require(platform.ended(platform.client.services().change(sid, "set_environment", Map.of("environment", Map.of("COLOUR", "blue")), false).operation()),
                Operation.State.DONE);
        return sid;
    }

    private Path packed(Path tree, String name) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            Packer.pack(tree, folder.resolve("scratch"), out);
        }
        return file;
    }

    private ExportView exported() {
        Operation done = platform.ended(exports.begin(platform.aid(), false).operation());
        Platform.require(done, Operation.State.DONE);
        return exports.of(done.id());
    }

    private Path downloaded(ExportView export) {
        Path file = folder.resolve("wiki.conpaas");
        exports.download(export, file, (d, t) -> { });
        return file;
    }

    private List<ServiceView> services(String application) {
        long aid = platform.client.applications().stream().filter(a -> a.name().equals(application)).mapToLong(ApplicationView::aid).findFirst().orElseThrow();
        return platform.client.services().list(aid);
    }

    @Test
    void anApplicationComesOutOfItsFileAsItWas() throws Exception {
        long sid = source();
        data.breaks.set(1);
        ExportView export = exported();
        assertEquals(ServiceState.RUNNING, platform.client.services().get(sid).service().state());
        Path file = downloaded(export);
        assertEquals(export.size(), Files.size(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        exports.delete(export.id());

        ExportView uploaded = exports.upload(file, (d, t) -> { });
        assertEquals(export.sha256(), uploaded.sha256());
        assertEquals(3, exports.importAs(uploaded.id(), "copy", null, true).plan().creditsNow());
        Operation done = platform.ended(exports.importAs(uploaded.id(), "copy", null, false).operation());
        Platform.require(done, Operation.State.DONE);

        ServiceView copy = services("copy").getFirst();
        assertNotEquals(sid, copy.sid());
        assertEquals(ServiceState.RUNNING, copy.state());
        assertArrayEquals(bytes, data.held.get(copy.sid()));
        assertEquals(platform.client.services().versions(sid), platform.client.services().versions(copy.sid()));
        assertEquals("echo hello", platform.client.services().startupScript(copy.sid()));
        assertEquals(Map.of("COLOUR", "blue"), platform.client.services().get(copy.sid()).desired().environment());
        assertEquals(0, platform.number("SELECT count(*) FROM content_ref WHERE what LIKE 'import:%'"));

        Path again = folder.resolve("again.conpaas");
        exports.download(uploaded, again, (d, t) -> { });
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    @Test
    void aServiceThatTakesItsDataOnlyWhileItRunsIsStartedForIt() throws Exception {
        long sid = platform.created();
        data.held.put(sid, bytes);
        ExportView export = exported();
        data.laters.set(1);
        Platform.require(platform.ended(exports.importAs(export.id(), "copy", null, false).operation()), Operation.State.DONE);
        ServiceView copy = services("copy").getFirst();
        assertEquals(ServiceState.STOPPED, copy.state());
        assertArrayEquals(bytes, data.held.get(copy.sid()));
        assertEquals(List.of(ServiceState.INIT, ServiceState.PROLOGUE, ServiceState.RUNNING, ServiceState.EPILOGUE, ServiceState.STOPPED),
                platform.client.services().history(copy.sid()).stream().map(StateChange::state).toList());
    }

    @Test
    void whatIsWrongWithAFileIsFoundBeforeAnythingIsMade() throws Exception {
        source();
        byte[] good = Files.readAllBytes(downloaded(exported()));
        long services = platform.number("SELECT count(*) FROM service");
        long kept = exports.list().size();
        for (int i = 0; i < 25; i++) {
            byte[] bad = good.clone();
            int at = i < 5 ? i * 130 : random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            refused(bad, "bit at " + at);
        }
        refused(Arrays.copyOf(good, good.length - 1), "cut by a byte");
        refused(Arrays.copyOf(good, good.length / 2), "cut in half");
        refused(Arrays.copyOf(good, good.length + 512), "added to");
        refused(new byte[0], "empty");
        refused("<html>no such page</html>".getBytes(StandardCharsets.UTF_8), "a page");
        refused(zip(), "a zip archive");
        refused(replaced(good, "\"version\":1,", "\"version\":2,"), "of a later format");
        refused(replaced(good, "COLOUR", "CO=OUR"), "with another index");
        assertEquals(kept, exports.list().size());
        assertEquals(services, platform.number("SELECT count(*) FROM service"));
        assertEquals(1, platform.client.applications().size());
    }

    private void refused(byte[] file, String what) throws IOException {
        Path path = Files.write(folder.resolve("bad.conpaas"), file);
        ApiException e = assertThrows(ApiException.class, () -> exports.upload(path, (d, t) -> { }), what);
        assertEquals(ErrorCode.BAD_ARCHIVE, e.error().code(), what + ": " + e.error().cause());
    }

    private static byte[] replaced(byte[] file, String from, String to) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(from), from);
        return text.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("../../etc/passwd"));
            zip.write(new byte[2000]);
        }
        return out.toByteArray();
    }

    @Test
    void dataThatWouldWriteOutsideItsFolderIsRefused() throws Exception {
        long sid = platform.created();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            TarArchiveEntry entry = new TarArchiveEntry("../../outside", true);
            entry.setSize(4);
            tar.putArchiveEntry(entry);
            tar.write(new byte[4]);
            tar.closeArchiveEntry();
        }
        data.format = "tar";
        data.held.put(sid, out.toByteArray());
        refused(Files.readAllBytes(downloaded(exported())), "a name that leads out");
    }

    @Test
    void anImportThatFailsLeavesNothing() throws Exception {
        source();
        ExportView export = exported();
        long vms = platform.fleet.vms().size();
        data.failure = new ApiException(ErrorCode.STEP_FAILED, "The disk is full.", "Make room.");
        Operation done = platform.ended(exports.importAs(export.id(), "copy", null, false).operation());
        assertEquals(Operation.State.UNDONE, done.state());
        assertTrue(done.error().cause().contains("The disk is full"), done.error().cause());
        assertEquals(1, platform.client.applications().size());
        assertEquals(vms, platform.fleet.vms().size());
        assertEquals(0, platform.number("SELECT count(*) FROM content_ref WHERE what LIKE 'import:%'"));
        ApiException taken = assertThrows(ApiException.class, () -> exports.importAs(export.id(), null, null, false));
        assertEquals(ErrorCode.CONFLICT, taken.error().code());
        assertEquals(ErrorCode.NOT_FOUND, assertThrows(ApiException.class, () -> exports.importAs(export.id(), "x", "nowhere", true)).error().code());
    }

    @Test
    void anImportGoesOnAfterARestartAndCanBeCancelled() throws Exception {
        source();
        ExportView export = exported();
        data.answer = "RUNNING";
        Operation first = exports.importAs(export.id(), "copy", null, false).operation();
        Platform.await("restoring", () -> isRestoring(first));
        platform.restart();
        assertThrows(ApiException.class, () -> exports.delete(export.id()));
        data.answer = null;
        Platform.require(platform.ended(first), Operation.State.DONE);
        assertArrayEquals(bytes, data.held.get(services("copy").getFirst().sid()));

        data.answer = "RUNNING";
        Operation second = exports.importAs(export.id(), "another", null, false).operation();
        Platform.await("restoring", () -> isRestoring(second));
        platform.client.operations().cancel(second.id());
        assertEquals(Operation.State.UNDONE, platform.ended(second).state());
        assertFalse(platform.client.applications().stream().anyMatch(a -> a.name().equals("another")));
    }

    private boolean isRestoring(Operation operation) {
        Operation.Progress step = platform.client.operations().get(operation.id()).steps().get("restore-data:0");
        return step != null && step.state() == Operation.StepState.RUNNING;
    }

    @Test
    void anExportHasItsDays() throws Exception {
        ExportView export = exported();
        platform.clock.forward(Duration.ofDays(6));
        assertEquals(List.of(export), exports.list());
        platform.clock.forward(Duration.ofDays(2));
        Platform.await("expired", () -> exports.list().isEmpty());
    }

    @Test
    void logsAreNamedByTheNodesThatAnswer() {
        long sid = platform.running();
        List<LogName> logs = platform.client.services().logs(sid, null);
        assertEquals(List.of("node"), logs.stream().map(LogName::name).toList());
        assertEquals(logs, platform.client.services().logs(sid, logs.getFirst().node()));
        assertThrows(ApiException.class, () -> platform.client.services().logs(sid, "n-nobody"));
    }

    @Test
    void anotherUserSeesNothingOfIt() throws Exception {
        platform.created();
        ExportView export = exported();
        try (var other = eu.conpaas.client.Connection.to(platform.url()).keys(new eu.conpaas.pki.KeyMaterial(platform.user("eve", 10))).director()) {
            assertEquals(List.of(), other.exports().list());
            assertEquals(ErrorCode.NOT_FOUND, assertThrows(ApiException.class, () -> other.exports().download(export, folder.resolve("stolen"), (d, t) -> { })).error().code());
            assertEquals(ErrorCode.NOT_FOUND, assertThrows(ApiException.class, () -> other.exports().importAs(export.id(), "x", null, true)).error().code());
            assertEquals(ErrorCode.NOT_FOUND, assertThrows(ApiException.class, () -> other.exports().begin(platform.aid(), true)).error().code());
        }
    }
}
