package eu.conpaas.client;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.AuditEntry;
import eu.conpaas.api.CloudView;
import eu.conpaas.api.Costs;
import eu.conpaas.api.Credit;
import eu.conpaas.api.Event;
import eu.conpaas.api.LedgerEntry;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Registration;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.Token;
import eu.conpaas.api.UserView;
import eu.conpaas.client.internal.Archives;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.Peers;
import eu.conpaas.rpc.Cancellation;
import eu.conpaas.rpc.HttpCall;
import eu.conpaas.rpc.HttpRpc;
import eu.conpaas.rpc.Json;

/**
 * A director, as its API offers it. Every method blocks, has a deadline, and throws {@link eu.conpaas.api.ApiException}. Thread-safe.
 */
public final class Director implements AutoCloseable {
    private final HttpRpc http;
    private final Connection connection;
    private final Services services;
    private final Operations operations;
    private final Manifests manifests;
    private final Exports exports;
    private final Users users;
    private final Members members;

    Director(Connection connection) {
        this.connection = connection;
        this.http = connection.http(Peers.director()).token(() -> connection.tokenHolder().token).build();
        this.services = new Services(http);
        this.operations = new Operations(http);
        this.manifests = new Manifests(http);
        this.exports = new Exports(http);
        this.users = new Users(http);
        this.members = new Members(http);
    }

    public Connection connection() {
        return connection;
    }

    /** Services: create, look at, change, code versions, logs. */
    public Services services() {
        return services;
    }

    /** Whole applications as files. */
    public Exports exports() {
        return exports;
    }

    /** What is under way. */
    public Operations operations() {
        return operations;
    }

    /** Applications described by one text. */
    public Manifests manifests() {
        return manifests;
    }

    /** Users, for administrators. */
    public Users users() {
        return users;
    }

    /** Members of applications. */
    public Members members() {
        return members;
    }

    // --- open to anybody ---

    public String version() {
        return http.text(HttpCall.get("/version")).strip();
    }

    public List<String> availableServices() {
        return http.call(HttpCall.get("/available_services"), Json.listOf(String.class));
    }

    public List<String> availableClouds() {
        return http.call(HttpCall.get("/available_clouds"), Json.listOf(String.class));
    }

    /** All there is to know of the service types. */
    public List<ServiceDescriptor> descriptors() {
        return http.call(HttpCall.get("/descriptors"), Json.listOf(ServiceDescriptor.class));
    }

    public JsonNode openApi() {
        return http.tree(HttpCall.get("/openapi.json"));
    }

    /** The CA certificate, PEM. */
    public String ca() {
        return http.text(HttpCall.get("/ca"));
    }

    /** How people come to an account here. */
    public Registration registration() {
        return http.call(HttpCall.get("/registration"), Registration.class);
    }

    /** Registers a user, if the director's policy lets this be done; {@code invitation} among the fields is the secret of one. */
    public UserView newUser(Map<String, String> fields) {
        HttpCall call = HttpCall.post("/new_user");
        fields.forEach(call::field);
        return http.call(call, UserView.class);
    }

    // --- signing in ---

    /** @throws eu.conpaas.api.ApiException NOT_AUTHENTICATED */
    public UserView login(String username, String password) {
        return http.call(HttpCall.post("/login").field("username", username).field("password", password), UserView.class);
    }

    /** A new key and certificate for the user, good for a year. */
    public Credentials certificates(String username, String password) {
        return Archives.credentials(http.bytes(HttpCall.post("/getcerts").field("username", username).field("password", password)));
    }

    /** Gets a short-lived token and uses it from now on. */
    public Token signIn(String username, String password) {
        return use(http.call(HttpCall.post("/tokens").field("username", username).field("password", password), Token.class));
    }

    /** The same by certificate. */
    public Token signIn() {
        return use(http.call(HttpCall.post("/tokens"), Token.class));
    }

    /** Gets a new token in place of the one in use, which must still be good. @throws eu.conpaas.api.ApiException NOT_AUTHENTICATED when the sign-in is over */
    public Token refresh() {
        return use(http.call(HttpCall.post("/tokens/refresh"), Token.class));
    }

    /** Chooses a password by a right that an administrator has given out. */
    public UserView choosePassword(String token, String password) {
        return http.call(HttpCall.post("/password").json(Map.of("token", token, "newPassword", password)), UserView.class);
    }

    /** Changes the user's own password. {@code everywhere}: all other tokens, and all certificates, are void from now on */
    public void changePassword(String old, String password, boolean everywhere) {
        http.run(HttpCall.post("/account/password").json(Map.of("oldPassword", old, "newPassword", password, "everywhere", everywhere)));
    }

    private Token use(Token token) {
        connection.tokenHolder().token = token.token();
        return token;
    }

    /** Gives the token back. */
    public void signOut() {
        http.run(HttpCall.delete("/tokens"));
        connection.tokenHolder().token = null;
    }

    // --- applications ---

    public List<ApplicationView> applications() {
        return http.call(HttpCall.get("/listapp"), Json.listOf(ApplicationView.class));
    }

    public ApplicationView createApplication(String name) {
        return http.call(HttpCall.post("/createapp").field("name", name), ApplicationView.class);
    }

    public void renameApplication(long aid, String name) {
        http.run(HttpCall.post("/renameapp/" + aid).field("name", name));
    }

    /** Deletes it with all its services. */
    public void deleteApplication(long aid) {
        http.run(HttpCall.post("/delete/" + aid));
    }

    // --- account ---

    /** Who the user is. */
    public UserView account() {
        return http.call(HttpCall.get("/account"), UserView.class);
    }

    public Credit credit() {
        return http.call(HttpCall.get("/credit"), Credit.class);
    }

    /** Newest first. */
    public List<LedgerEntry> ledger() {
        return http.call(HttpCall.get("/ledger"), Json.listOf(LedgerEntry.class));
    }

    /** A page of the ledger. {@code before}: id of the last entry of the page before, or 0; {@code limit}: 0 for the director's number */
    public List<LedgerEntry> ledger(long before, int limit) {
        return http.call(page(HttpCall.get("/ledger"), before, limit), Json.listOf(LedgerEntry.class));
    }

    /** What the user did, and what others did to what it owns, newest first. */
    public List<AuditEntry> audit() {
        return audit(0, 0);
    }

    /** A page of it, as in {@link #ledger(long, int)}. */
    public List<AuditEntry> audit(long before, int limit) {
        return http.call(page(HttpCall.get("/audit"), before, limit), Json.listOf(AuditEntry.class));
    }

    static HttpCall page(HttpCall call, long before, int limit) {
        return call.query("before", before == 0 ? null : before).query("limit", limit == 0 ? null : limit);
    }

    /** All alive nodes of applications the user owns or is a member of. */
    public List<NodeView> nodes() {
        return http.call(HttpCall.get("/nodes"), Json.listOf(NodeView.class));
    }

    /** Where the user's credits go, and when they run out. */
    public Costs costs() {
        return http.call(HttpCall.get("/costs"), Costs.class);
    }

    /** The clouds, the default one first. */
    public List<CloudView> clouds() {
        return http.call(HttpCall.get("/clouds"), Json.listOf(CloudView.class));
    }

    // --- events ---

    /**
     * Reads the stream of changes until it is cancelled, over broken connections and restarts of the director.
     *
     * @param aid    application, or 0 for all
     * @param sid    service, or 0 for all
     * @param lastId id of the last event known, or null to begin now
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public void events(long aid, long sid, String lastId, EventListener listener, Cancellation cancellation) {
        HttpCall call = HttpCall.get("/events").query("aid", aid == 0 ? null : aid).query("sid", sid == 0 ? null : sid);
        http.events(call, lastId, new EventReader(listener), cancellation);
    }

    /** The same of all users, for administrators. */
    public void allEvents(String lastId, EventListener listener, Cancellation cancellation) {
        http.events(HttpCall.get("/events/all"), lastId, new EventReader(listener), cancellation);
    }

    /** Takes the changes, on the thread that reads the stream. */
    @FunctionalInterface
    public interface EventListener {
        void changed(Event event);

        /** Events were missed for good (away too long): read everything anew. */
        default void reload() {
        }

        /** Whether the stream stands. */
        default void connected(boolean connected) {
        }

        /** Why the stream broke off; it is tried again. */
        default void disconnected(ApiError why) {
            connected(false);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
