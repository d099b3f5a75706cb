package eu.conpaas.cli.internal.remote;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.config.Descriptors;
import eu.conpaas.client.Director;
import eu.conpaas.client.ManagerClient;
import eu.conpaas.pki.Credentials;
import eu.conpaas.rpc.Cancellation;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The director as a signed-in user sees it: applications and services by id or name, managers asked directly. */
public final class Session implements AutoCloseable {
    /** How long the director may be away while an operation is followed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final Director director;
    private final Descriptors descriptors;
    private final Map<String, ServiceView> named = new HashMap<>();
    private final Cancellation cancellation = new Cancellation();

    public Session(Director director, Descriptors descriptors) {
        this.director = director;
        this.descriptors = descriptors;
    }

    public Director director() {
        return director;
    }

    /** Ends what is waited for. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The application with this id, or else this name. @throws CliException (refused) if there is none */
    public ApplicationView application(String text) {
        List<ApplicationView> all = director.applications();
        return one("application", text, all, a -> Long.toString(a.aid()), ApplicationView::name);
    }

    /**
     * The service with this id, or else this name, as it was when it was first asked for.
     *
     * @throws CliException (refused) if there is none
     */
    public ServiceView service(String text) {
        return named.computeIfAbsent(text, t -> one("service", t, director.services().list(), s -> Long.toString(s.sid()), ServiceView::name));
    }

    /** The service as it is now. */
    public ServiceView service(long sid) {
        return director.services().get(sid).service();
    }

    private static <T> T one(String kind, String text, List<T> all, Function<T, String> id, Function<T, String> name) {
        return all.stream().filter(t -> id.apply(t).equals(text)).findFirst().orElseGet(() -> {
            List<T> named = all.stream().filter(t -> name.apply(t).equals(text)).toList();
            if (named.isEmpty()) {
                throw CliException.refused(ErrorCode.NOT_FOUND, "cannot find " + kind + " " + text,
                        "See 'conpaas " + (kind.equals("service") ? "list" : "listapp") + "'.");
            }
            if (named.size() > 1) {
                throw CliException.refused(ErrorCode.CONFLICT, "There are " + named.size() + " " + kind + "s called " + text + ".",
                        "Give the id of one: " + String.join(", ", named.stream().map(id).toList()) + ".");
            }
            return named.getFirst();
        });
    }

    /** The descriptor of a type; asked of the director if it is not known here. */
    public ServiceDescriptor descriptor(String type) {
        return descriptors.find(type).orElseGet(() -> {
            descriptors.store(director.descriptors());
            return descriptors.find(type).orElseThrow(() -> CliException.refused(ErrorCode.NOT_FOUND, "The director knows no service type " + type + ".",
                    "See 'conpaas available'."));
        });
    }

    /** Asks a service's manager; through the director where the manager would not answer this user. */
    public JsonNode ask(ServiceView service, MethodSpec method, Map<String, Object> params) {
        if (!isOwn(service)) {
            return director.services().call(service.sid(), method.name(), params);
        }
        try (ManagerClient manager = manager(service)) {
            return method.verb().equals("GET") ? manager.get(method.name(), params) : manager.post(method.name(), params);
        }
    }

    /** Asks a service's manager by one of the methods that every manager has. */
    public JsonNode ask(ServiceView service, String method, Map<String, Object> params) {
        if (!isOwn(service)) {
            return director.services().call(service.sid(), method, params);
        }
        try (ManagerClient manager = manager(service)) {
            return manager.get(method, params);
        }
    }

    /** Stores the file a method answers with. */
    public void download(ServiceView service, MethodSpec method, Map<String, Object> params, Path target) {
        if (method.kind().equals("query") && isOwn(service)) {
            try (ManagerClient manager = manager(service)) {
                manager.download(method.name(), params, target, (done, total) -> { });
            }
        } else {
            director.services().download(service.sid(), method.name(), params, target, (done, total) -> { });
        }
    }

    /** Writes the file a method answers with; the stream is not closed. */
    public void download(ServiceView service, MethodSpec method, Map<String, Object> params, OutputStream out) {
        if (method.kind().equals("query") && isOwn(service)) {
            try (ManagerClient manager = manager(service)) {
                manager.download(method.name(), params, out);
            }
        } else {
            director.services().download(service.sid(), method.name(), params, out);
        }
    }

    /** Whether the user owns the service and has from the beginning: then its manager's certificate and the user's own have the same uid. */
    private boolean isOwn(ServiceView service) {
        Credentials own = director.connection().keyMaterial().current();
        return own != null && own.identity().uid() == service.user_id() && service.user_id() == service.tenant();
    }

    private ManagerClient manager(ServiceView service) {
        if (service.manager() == null || service.manager().isEmpty()) {
            throw CliException.noConnection("The manager of service " + service.sid() + " is not there yet.",
                    "Wait until it is made ('conpaas operations " + service.sid() + "').");
        }
        return director.connection().manager(service.user_id(), service.sid(), service.manager(), service.managerPort());
    }

    /** Waits until an operation has ended. */
    public Operation follow(String id, Consumer<Operation> progress) {
        return director.operations().await(id, progress, PATIENCE, cancellation);
    }

    @Override
    public void close() {
        director.close();
    }
}
