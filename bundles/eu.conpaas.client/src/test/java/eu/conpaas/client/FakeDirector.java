package eu.conpaas.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Event;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.Token;
import eu.conpaas.pki.CertificateAuthority;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.pki.Keys;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Upload;
import eu.conpaas.rpc.Verb;

/** Some of a director's paths with made-up answers, for tests of the client. */
public final class FakeDirector {
    private static final Plan PLAN = new Plan("start", "Starts.", List.of(), 2, 1, 1, 3.5, List.of(), false);
    private final CertificateAuthority ca;
    private int asked;

    FakeDirector(CertificateAuthority ca) {
        this.ca = ca;
    }

    @Expose(verb = Verb.POST, path = "/getcerts", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED, help = "x")
    public Download certs() throws IOException {
        Credentials made = ca.issue(Identity.user(1, "joe", null), Duration.ofHours(1), List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : Map.of("key.pem", made.keyPem(), "cert.pem", made.certificatePem(), "ca_cert.pem", made.caPem()).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return Download.of(bytes.toByteArray(), "certs.zip", "application/zip");
    }

    @Expose(verb = Verb.POST, path = "/tokens", access = Access.PASSWORD, help = "x")
    public Token token() {
        return new Token("t0ken", Instant.EPOCH, Instant.EPOCH);
    }

    @Expose(verb = Verb.GET, path = "/listapp", access = Access.USER, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED, help = "x")
    public List<ApplicationView> applications() {
        return List.of(new ApplicationView(4, "New Application"));
    }

    @Expose(verb = Verb.POST, path = "/services/{sid}/call/{method}", access = Access.USER, open = true, help = "x")
    public Accepted call(@Param("sid") long sid, @Param("method") String method, @Param(value = "plan", required = false) boolean plan) {
        return plan ? new Accepted(PLAN, null, null) : new Accepted(null, operation(Operation.State.RUNNING), null);
    }

    @Expose(verb = Verb.GET, path = "/operations/{id}", access = Access.USER, help = "x")
    public Operation operation(@Param("id") String id) {
        return operation(++asked < 3 ? Operation.State.RUNNING : Operation.State.DONE);
    }

    private static Operation operation(Operation.State state) {
        return new Operation("op-1", 7, 4, "start", state, PLAN, Map.of(), null, "joe", Instant.EPOCH, null, false);
    }

    @Expose(verb = Verb.POST, path = "/services/{sid}/versions", access = Access.USER, help = "x")
    public CodeVersion upload(@Param("sid") long sid, @Param("code") Upload code, @Param("description") String description) throws IOException {
        return new CodeVersion("code-abc123", code.filename(), "tar", description + Files.readString(code.path()), Instant.EPOCH, "00", code.size());
    }

    @Expose(verb = Verb.GET, path = "/events", access = Access.USER, help = "x")
    public EventStream events() {
        int[] n = new int[1];
        return new EventStream(new EventStream.Source() {
            @Override
            public EventStream.Item next(Duration atMost) {
                return switch (n[0]++) {
                    case 0 -> new EventStream.Item(null, "reload", null);
                    case 1 -> new EventStream.Item("5", "service.state", new Event(5, Instant.EPOCH, "service.state", 1, 4, 7, Map.of("state", "RUNNING")));
                    default -> END;
                };
            }

            @Override
            public void close() {
                n[0] = 2;
            }
        });
    }

    @Expose(verb = Verb.POST, path = "/nodes/enrol", access = Access.PUBLIC, help = "x")
    public Enrolment.Answer enrol(@Param("node") String node, @Param("token") String token, @Param("publicKey") String publicKey,
            @Param("proof") String proof, @Param("address") String address, @Param("protocol") int protocol, @Param("release") String release) {
        var key = Keys.decode(publicKey);
        if (!token.equals("once") || !Keys.verify(key, token, proof)) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The token is used up.", "");
        }
        return new Enrolment.Answer(Pem.write(ca.issue(Identity.manager(1, 7, node), key, Duration.ofHours(1), List.of())),
                Pem.write(ca.certificate()), null);
    }

    @Expose(verb = Verb.GET, path = "/managers/work", access = Access.MANAGER, help = "x")
    public Assignment work(@Param("seen") long seen) {
        return null;
    }

    @Expose(verb = Verb.GET, path = "/content/{hash}", access = Access.NODE, help = "x")
    public Download content(@Param("hash") String hash) {
        return Download.of("hello".getBytes(StandardCharsets.US_ASCII), null, "application/octet-stream");
    }
}
