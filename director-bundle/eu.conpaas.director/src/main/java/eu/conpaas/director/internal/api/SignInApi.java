package eu.conpaas.director.internal.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Registration;
import eu.conpaas.api.Token;
import eu.conpaas.api.UserView;
import eu.conpaas.director.internal.account.Invitations;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.PasswordRights;
import eu.conpaas.director.internal.account.User;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.security.Tokens;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Ways in: registration, sign-in, certificates, tokens, passwords. */
public final class SignInApi {
    private final Database database;
    private final Users users;
    private final Invitations invitations;
    private final PasswordRights passwords;
    private final Certificates certificates;
    private final Tokens tokens;
    private final Audit audit;
    private final Registration registration;

    /** @param registration how people come to an account */
    public SignInApi(Database database, Users users, Invitations invitations, PasswordRights passwords, Certificates certificates, Tokens tokens, Audit audit,
            Registration registration) {
        this.database = database;
        this.users = users;
        this.invitations = invitations;
        this.passwords = passwords;
        this.certificates = certificates;
        this.tokens = tokens;
        this.audit = audit;
        this.registration = registration;
    }

    @Expose(verb = Verb.GET, path = "/registration", access = Access.PUBLIC, help = "How people come to an account: closed, by invitation, or open to all.")
    public Registration registration() {
        return registration;
    }

    @Expose(verb = Verb.POST, path = "/new_user", access = Access.PUBLIC, style = Style.LEGACY, open = true,
            help = "Registers a user: username, fname, lname, email, affiliation, password, credit.")
    public UserView newUser(@Param(value = "username", required = false) String username, @Param(value = "password", required = false) String password,
            @Param(value = "invitation", required = false, help = "secret of an invitation") String invitation, Request request) {
        Users.Gate gate = invitations.gate(invitation);
        Map<String, String> fields = new HashMap<>();
        Users.FIELDS.forEach(f -> fields.put(f, request.param(f) == null ? "" : request.param(f)));
        User user = users.register(fields, gate);
        audit.add(user.uid(), user.username(), invitation == null ? "new_user" : "new_user by invitation", user.username(), "ok");
        return view(user);
    }

    @Expose(verb = Verb.POST, path = "/login", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED,
            help = "Checks name and password.")
    public UserView login(Caller caller) {
        audit.own(caller, "login", caller.address());
        return view(user(caller));
    }

    @Expose(verb = {Verb.GET, Verb.POST}, path = "/getcerts", access = Access.PASSWORD, style = Style.LEGACY, falseFor = ErrorCode.NOT_AUTHENTICATED,
            help = "A new key and certificate for the user: a zip of key.pem, cert.pem and ca_cert.pem.")
    public Download certificates(Caller caller) throws IOException {
        Credentials credentials = certificates.issueUser(user(caller));
        audit.own(caller, "getcerts", caller.address());
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

    @Expose(verb = Verb.POST, path = "/tokens", access = Access.PASSWORD_OR_USER, help = "A bearer token for an hour, which can be renewed for a day.")
    public Token token(Request request, Caller caller) {
        if (caller.auth() == Caller.Auth.TOKEN) {
            return tokens.renew(request.token());
        }
        audit.own(caller, "token", caller.address());
        return tokens.create(caller.uid());
    }

    @Expose(verb = Verb.POST, path = "/tokens/refresh", access = Access.USER, help = "A new token in place of the one in use, until a day after the sign-in.")
    public Token refresh(Request request) {
        if (request.token() == null) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "There is no token to renew.", "Show it in the header Authorization: Bearer ….");
        }
        return tokens.renew(request.token());
    }

    @Expose(verb = Verb.DELETE, path = "/tokens", access = Access.USER, help = "Gives the token in use back.")
    public void revoke(Request request) {
        if (request.token() != null) {
            tokens.revoke(request.token());
        }
    }

    @Expose(verb = Verb.POST, path = "/password", access = Access.PUBLIC, help = "Chooses a password by a right that an administrator has given out; it is good once.")
    public UserView choose(@Param("token") String token, @Param("newPassword") String password) {
        User user = passwords.redeem(token, password);
        audit.add(user.uid(), user.username(), "choose_password", user.username(), "ok");
        return view(user);
    }

    @Expose(verb = Verb.POST, path = "/account/password", access = Access.USER, help = "Changes the user's own password.")
    public void change(@Param("oldPassword") String old, @Param("newPassword") String password,
            @Param(value = "everywhere", required = false, help = "all other tokens, and all certificates, are void from now on") boolean everywhere, Request request,
            Caller caller) {
        passwords.change(user(caller), old, password, everywhere, request.token());
        audit.own(caller, everywhere ? "change_password everywhere" : "change_password", caller.name());
    }

    private User user(Caller caller) {
        return database.read(s -> Users.byId(s, caller.uid())).orElseThrow();
    }

    private UserView view(User user) {
        return user.view(database.read(s -> Ledger.credit(s, user.uid())));
    }
}
