package eu.conpaas.director.internal.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.Credit;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Token;
import eu.conpaas.api.UserView;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.node.Node;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.security.Tokens;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.store.Session;
import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Users: registration, sign-in, certificates, account. */
public final class AccountApi {
    private static final int MOST = 1000;
    private final Database database;
    private final Users users;
    private final Certificates certificates;
    private final Tokens tokens;
    private final Audit audit;
    private final Clock clock;
    private final boolean open;

    /** @param open whether anybody may register */
    public AccountApi(Database database, Users users, Certificates certificates, Tokens tokens, Audit audit, Clock clock, boolean open) {
        this.database = database;
        this.users = users;
        this.certificates = certificates;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
        this.open = open;
    }

    @Expose(verb = Verb.POST, path = "/new_user", access = Access.PUBLIC, style = Style.LEGACY, open = true,
            help = "Registers a user: username, fname, lname, email, affiliation, password, credit.")
    public UserView newUser(@Param(value = "username", required = false) String username, @Param(value = "password", required = false) String password,
            Request request) {
        if (!open) {
            throw new ApiException(ErrorCode.FORBIDDEN, "Registration is closed on this director.", "Ask its administrator for an account.");
        }
        Map<String, String> fields = new HashMap<>();
        Users.FIELDS.forEach(f -> fields.put(f, request.param(f) == null ? "" : request.param(f)));
        User user = users.register(fields);
        audit.add(user.uid(), user.username(), "new_user", user.username(), "ok");
        return view(user);
    }

    @Expose(verb = Verb.POST, path = "/login", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED,
            help = "Checks name and password.")
    public UserView login(Caller caller) {
        audit.add(caller.uid(), caller.name(), "login", caller.address(), "ok");
        return view(user(caller));
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/getcerts", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED,
            help = "A new key and certificate for the user: a zip of key.pem, cert.pem and ca_cert.pem.")
    public Download certificates(Caller caller) throws IOException {
        Credentials credentials = certificates.issueUser(user(caller));
        audit.add(caller.uid(), caller.name(), "getcerts", caller.address(), "ok");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, Credentials.KEY_FILE, credentials.keyPem());
            entry(zip, Credentials.CERTIFICATE_FILE, credentials.certificatePem());
            entry(zip, Credentials.CA_FILE, credentials.caPem());
        }
        return Download.of(bytes.toByteArray(), "certs.zip", "application/zip");
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.US_ASCII));
        zip.closeEntry();
    }

    @Expose(verb = Verb.POST, path = "/tokens", access = Access.PASSWORD_OR_USER, help = "A bearer token for twelve hours.")
    public Token token(Caller caller) {
        audit.add(caller.uid(), caller.name(), "token", caller.address(), "ok");
        return tokens.create(caller.uid());
    }

    @Expose(verb = Verb.DELETE, path = "/tokens", access = Access.USER, help = "Gives the token in use back.")
    public void revoke(Request request) {
        if (request.token() != null) {
            tokens.revoke(request.token());
        }
    }

    @Expose(verb = Verb.GET, path = "/credit", access = Access.USER, help = "Credits of the user.")
    public Credit credit(Caller caller) {
        return database.read(s -> {
            long credit = Ledger.credit(s, caller.uid());
            long held = s.number("SELECT -coalesce(sum(amount), 0) FROM ledger WHERE uid = ? AND kind IN ('HOLD', 'RELEASE')", caller.uid());
            long perHour = Nodes.ofUser(s, caller.uid()).stream().filter(n -> n.state().isAlive()).count() * Ledger.PER_HOUR;
            Instant empty = perHour == 0 ? null : clock.instant().plus(Duration.ofMinutes(60 * Math.max(0, credit) / perHour));
            return new Credit(credit, held, perHour, empty);
        });
    }

    @Expose(verb = Verb.GET, path = "/ledger", access = Access.USER, help = "Latest entries of the user's ledger, newest first.")
    public List<LedgerEntry> ledger(Caller caller) {
        return database.read(s -> Ledger.entries(s, caller.uid(), MOST));
    }

    @Expose(verb = Verb.GET, path = "/audit", access = Access.USER, help = "What was done by or for the user, newest first.")
    public List<AuditEntry> audit(Caller caller) {
        return database.read(s -> Audit.of(s, caller.uid(), MOST));
    }

    @Expose(verb = Verb.GET, path = "/nodes", access = Access.USER, help = "All nodes of the user that are there.")
    public List<NodeView> nodes(Caller caller) {
        return database.read(s -> Nodes.ofUser(s, caller.uid())).stream().map(Node::view).toList();
    }

    private User user(Caller caller) {
        return database.read(s -> Users.byId(s, caller.uid())).orElseThrow();
    }

    private UserView view(User user) {
        return database.read(s -> view(s, user));
    }

    private static UserView view(Session s, User user) {
        return new UserView(user.uid(), user.username(), user.fname(), user.lname(), user.email(), user.affiliation(), Ledger.credit(s, user.uid()), user.created());
    }
}
