package eu.conpaas.cli;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Credit;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.UserView;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Identity;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Text;
import eu.conpaas.rpc.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The fake director's paths about itself, users and applications. */
record FakeAccounts(FakeDirector director) {
    void serve() {
        director.old(Verb.GET, "/version", Access.PUBLIC, call -> Text.plain("1.0.0"));
        director.old(Verb.GET, "/available_services", Access.PUBLIC, call -> director.descriptors.stream().map(ServiceDescriptor::id).toList());
        director.old(Verb.GET, "/available_clouds", Access.PUBLIC, call -> List.of("default", "backup"));
        director.old(Verb.GET, "/descriptors", Access.PUBLIC, call -> director.descriptors);
        director.old(Verb.POST, "/new_user", Access.PUBLIC, call -> user(call.string("username")),
                ParamDef.of("username", ParamDef.Type.STRING), ParamDef.of("password", ParamDef.Type.STRING));
        director.old(Verb.POST, "/login", Access.PASSWORD, call -> user("alice"));
        director.old(Verb.POST, "/getcerts", Access.PASSWORD, call -> Download.of(certificates(), "certs.zip", "application/zip"));
        director.old(Verb.GET, "/listapp", Access.USER, call -> director.applications.keySet().stream().map(director::application).toList());
        director.old(Verb.POST, "/createapp", Access.USER, this::create);
        director.old(Verb.POST, "/renameapp/{aid}", Access.USER, call -> {
            director.application(call.number("aid"));
            director.applications.put(call.number("aid"), call.string("name"));
            return true;
        });
        director.old(Verb.POST, "/delete/{aid}", Access.USER, call -> {
            director.application(call.number("aid"));
            director.applications.remove(call.number("aid"));
            return true;
        });
        director.on(Verb.GET, "/credit", call -> new Credit(42, 1, 5, FakeDirector.TIME));
        director.on(Verb.GET, "/ledger", call -> List.of(
                new LedgerEntry(2, FakeDirector.TIME, "CHARGE", "n1", 0L, 1, -1, "hour 1"),
                new LedgerEntry(1, FakeDirector.TIME, "GRANT", null, null, 0, 50, "first credit")));
    }

    private static UserView user(String name) {
        return new UserView(FakeDirector.UID, name, "Al", "Ice", name + "@example.org", "Example", 50, FakeDirector.TIME);
    }

    private Object create(Call call) {
        if (director.applications.containsValue(call.string("name"))) {
            throw new ApiException(ErrorCode.CONFLICT, "An application called '" + call.string("name") + "' is already there.", "Choose another name.");
        }
        director.applications.put(2L, call.string("name"));
        return director.application(2);
    }

    private byte[] certificates() throws IOException {
        Credentials alice = director.authority.issue(Identity.user(FakeDirector.UID, "alice", "alice@example.org"), Duration.ofHours(1), List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var entry : Map.of("key.pem", alice.keyPem(), "cert.pem", alice.certificatePem(), "ca_cert.pem", alice.caPem()).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }
}
