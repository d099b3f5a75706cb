package eu.conpaas.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ExportView;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Progress;

/** Whole applications as files: made of applications that serve on, kept by the director for some days, made into applications again. */
public final class Exports {
    /** All of a file is read and checked before the director answers. */
    private static final Duration CHECKING = Duration.ofHours(1);
    private static final int BUFFER = 64 << 10;
    private final HttpRpc http;

    Exports(HttpRpc http) {
        this.http = http;
    }

    /** Newest first. */
    public List<ExportView> list() {
        return http.call(HttpCall.get("/exports"), Json.listOf(ExportView.class));
    }

    /** @throws ApiException NOT_FOUND */
    public ExportView get(String id) {
        return http.call(HttpCall.get(path(id, "")), ExportView.class);
    }

    /** Has the director forget it. @throws ApiException WRONG_STATE while it is being made or imported */
    public void delete(String id) {
        http.run(HttpCall.delete(path(id, "")));
    }

    /** Begins an export; {@link #of} finds it once the operation has ended. */
    public Accepted begin(long aid, boolean plan) {
        return http.call(HttpCall.post("/applications/" + aid + "/export").json(plan ? Map.of("plan", true) : Map.of()), Accepted.class);
    }

    /** The export an operation has made. @throws ApiException NOT_FOUND if it made none */
    public ExportView of(String operation) {
        return list().stream().filter(e -> operation.equals(e.operation())).findFirst().orElseThrow(
                () -> new ApiException(ErrorCode.NOT_FOUND, "Operation " + operation + " has made no export.", "Look at how it ended."));
    }

    /**
     * Downloads a file, which only its owner may read then. What an earlier, broken attempt left in {@code <target>.part} is gone on with; the file appears
     * whole and with the right SHA-256, or not at all.
     */
    public void download(ExportView export, Path target, Progress progress) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (!Files.exists(part)) {
                Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            http.resume(HttpCall.get(path(export.id(), "/file")).progress(progress), part, export.sha256());
            if (!sha256(part).equals(export.sha256())) {
                Files.delete(part);
                throw new ApiException(ErrorCode.UNAVAILABLE, "What came is not export " + export.id() + ".", "Download it again.");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "Cannot write " + target + ": " + e.getMessage() + ".", "Choose another place.", e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[BUFFER];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Uploads a file, which is read and checked whole. @throws ApiException BAD_ARCHIVE, saying what is wrong with it */
    public ExportView upload(Path file, Progress progress) {
        return http.call(HttpCall.post("/exports").file("file", file).progress(progress).timeout(CHECKING), ExportView.class);
    }

    /**
     * Begins to make an application of an export.
     *
     * @param name  of the application, or null for the one it had
     * @param cloud where all services go, or null for the clouds the export names
     */
    public Accepted importAs(String id, String name, String cloud, boolean plan) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("name", name);
        params.put("cloud", cloud);
        params.put("plan", plan ? true : null);
        params.values().removeIf(v -> v == null);
        return http.call(HttpCall.post(path(id, "/import")).json(params), Accepted.class);
    }

    private static String path(String id, String rest) {
        return "/exports/" + HttpCall.segment(id) + rest;
    }
}
