package eu.conpaas.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.GitPush;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.Observed;
import eu.conpaas.api.Operation;
import eu.conpaas.api.StepReport;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Progress;

/** What a node process says to the director. Thread-safe. */
public final class NodeLink implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** The director holds the call for 25 s at most. */
    private static final Duration LONG_POLL = Duration.ofSeconds(40);
    /** What is handed on may be large, and is checked and stored before there is an answer. */
    private static final Duration TAKE_IN = Duration.ofMinutes(5);
    private final HttpRpc http;

    NodeLink(HttpRpc http) {
        this.http = http;
    }

    /**
     * Turns a one-time token into a certificate. The key stays here.
     *
     * @param keys of {@link Keys#generate}
     * @return answer of the director; {@link #credentials} makes credentials of it
     * @throws eu.conpaas.api.ApiException NOT_AUTHENTICATED if the token is wrong or used up
     */
    public Enrolment.Answer enrol(String node, String token, KeyPair keys, String address, int protocol, String release) {
        Enrolment.Request request = new Enrolment.Request(node, token, Keys.encode(keys.getPublic()), Keys.sign(keys.getPrivate(), token),
                address, protocol, release);
        return http.call(HttpCall.post("/nodes/enrol").json(request), Enrolment.Answer.class);
    }

    /** The credentials an enrolment or renewal gave. */
    public static Credentials credentials(Enrolment.Answer answer, KeyPair keys) {
        return new Credentials(keys.getPrivate(), Pem.readCertificate(answer.certificate()), Pem.readCertificate(answer.ca()));
    }

    public Heartbeat.Answer heartbeat(Heartbeat heartbeat) {
        return http.call(HttpCall.post("/nodes/heartbeat").json(heartbeat).timeout(SHORT).idempotent(), Heartbeat.Answer.class);
    }

    /** A new certificate for a new key; the present certificate proves who asks. */
    public Enrolment.Answer renew(KeyPair keys) {
        return http.call(HttpCall.post("/nodes/renew").json(Map.of("publicKey", Keys.encode(keys.getPublic()))), Enrolment.Answer.class);
    }

    // --- managers ---

    /**
     * Waits for work.
     *
     * @param seen version of the last assignment, 0 for none
     * @return a newer one, or null if there was none within 25 s
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public Assignment work(long seen, Cancellation cancellation) {
        return http.call(HttpCall.get("/managers/work").query("seen", seen).timeout(LONG_POLL).cancellation(cancellation), Assignment.class);
    }

    /** @throws eu.conpaas.api.ApiException STALE_EPOCH if another manager has taken over */
    public void step(StepReport report) {
        http.run(HttpCall.post("/managers/steps").json(report).timeout(SHORT).idempotent());
    }

    /** @throws eu.conpaas.api.ApiException STALE_EPOCH if another manager has taken over */
    public void observed(Observed observed) {
        http.run(HttpCall.post("/managers/observed").json(observed).timeout(SHORT).idempotent());
    }

    /**
     * Forwards a user's call, since every change is accepted by the director.
     *
     * @param caller uid, name and address of the user, found from its certificate
     */
    public JsonNode forward(String method, Map<String, ?> params, Map<String, ?> caller) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        all.put("caller", caller);
        return http.tree(HttpCall.post("/managers/call/" + HttpCall.segment(method)).json(all));
    }

    /** Forwards an upload. */
    public JsonNode forward(String method, Map<String, ?> params, Map<String, ?> caller, String field, Path file, String filename) {
        HttpCall call = HttpCall.post("/managers/call/" + HttpCall.segment(method)).file(field, file, filename)
                .field("caller", Json.write(caller));
        params.forEach(call::field);
        return http.tree(call);
    }

    // --- Git ---

    /** Hands on a push, with a pack of new objects and the archive of a code version where there are such (else null). */
    public GitPush.Answer push(GitPush push, Path pack, Path code) {
        HttpCall call = HttpCall.post("/managers/git/push").field("push", Json.write(push)).timeout(TAKE_IN).idempotent();
        if (pack != null) {
            call.file("pack", pack, "pack");
        }
        if (code != null) {
            call.file("code", code, "code.tar.gz");
        }
        return http.call(call, GitPush.Answer.class);
    }

    /** Has one pack kept in the place of all there are. */
    public void compact(GitPush.Compact compact, Path pack) {
        http.run(HttpCall.post("/managers/git/compact").field("compact", Json.write(compact)).file("pack", pack, "pack").timeout(TAKE_IN));
    }

    /** Makes a version active. @return the operation, or null if there is nothing to do */
    public Operation activate(long epoch, String version) {
        return http.call(HttpCall.post("/managers/git/activate").json(Map.of("epoch", epoch, "version", version)), Operation.class);
    }

    /** An operation of the manager's service. */
    public Operation operation(String id) {
        return http.call(HttpCall.get("/managers/operations/" + HttpCall.segment(id)), Operation.class);
    }

    // --- content ---

    /**
     * Fetches content by its SHA-256 (hex).
     *
     * @throws ApiException INTERNAL if what comes has another hash; then there is no file
     */
    public void content(String sha256, Path target, Progress progress) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                http.download(HttpCall.get("/content/" + HttpCall.segment(sha256)).progress(progress), out);
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                throw new ApiException(ErrorCode.INTERNAL, "The content sent is not " + sha256 + ".", "Fetch it again.");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "Cannot store " + target + ": " + e.getMessage() + ".", "Make room.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        } finally {
            part.toFile().delete();
        }
    }

    /**
     * Fetches content by its SHA-256 (hex), as {@link #content(String, Path, Progress)} does, but what comes is not compared with it: whoever keeps it
     * does that.
     */
    public void content(String sha256, OutputStream to) {
        http.download(HttpCall.get("/content/" + HttpCall.segment(sha256)), to);
    }

    @Override
    public void close() {
        http.close();
    }
}
