package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.eclipse.jetty.http.HttpHeader;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Verb;

/** Carries out calls of the endpoint table. */
final class EndpointCalls {
    private static final int OK = 200;
    private final Routes routes;
    private final Reception reception;

    EndpointCalls(Routes routes, Reception reception) {
        this.routes = routes;
        this.reception = reception;
    }

    void handle(Exchange exchange) throws Exception {
        Routes.Match match = routes.find(exchange.path);
        if (match == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, "There is no " + exchange.path + " here.", "See GET /openapi.json for what there is.");
        }
        Endpoint endpoint = match.endpoints().get(verb(exchange.http.getMethod()));
        if (endpoint == null) {
            String allowed = match.verbs().stream().map(Verb::name).sorted().collect(Collectors.joining(", "));
            exchange.response.getHeaders().put(HttpHeader.ALLOW, allowed);
            throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, exchange.http.getMethod() + " does not go with " + exchange.path + ".",
                    "Use " + allowed + ".");
        }
        if (endpoint.style() == Style.MODERN) {
            exchange.send(call(exchange, endpoint, match));
        } else {
            legacy(exchange, endpoint, match);
        }
    }

    private void legacy(Exchange exchange, Endpoint endpoint, Routes.Match match) throws Exception {
        ApiError error;
        try {
            Object result = call(exchange, endpoint, match);
            exchange.send(result == null ? Boolean.TRUE : result);
            return;
        } catch (ApiException e) {
            error = e.error();
        } catch (IOException | RuntimeException e) {
            if (exchange.response.isCommitted()) {
                throw e;
            }
            error = Dispatcher.internal(exchange, e);
        }
        exchange.failed(error.code());
        if (endpoint.falseFor().contains(error.code())) {
            Answer.falseFor(exchange.response, error);
        } else {
            Answer.error(exchange.response, OK, error);
        }
    }

    private Object call(Exchange exchange, Endpoint endpoint, Routes.Match match) throws Exception {
        Request request = reception.facts().of(exchange.http, match.variables(endpoint));
        try (Body body = Body.plain(exchange.http, reception.limits().bodyBytes())) {
            Caller caller = reception.authorize(request.withParams(body.params), endpoint.access());
            exchange.caller(caller);
            if (Body.MULTIPART.equals(Body.type(exchange.http))) {
                long most = endpoint.maxUpload() > 0 ? Math.min(endpoint.maxUpload(), reception.limits().uploadBytes()) : reception.limits().uploadBytes();
                body.multipart(exchange.http, reception.uploads(), reception.limits().bodyBytes(), endpoint.takesFiles() ? most : reception.limits().bodyBytes());
            }
            dropCredentials(endpoint, body);
            Arguments.check(endpoint.params(), endpoint.open(), request.variables(), body.params, body.uploads);
            return endpoint.handler().handle(new Call(request.withParams(body.params), body.uploads, caller));
        }
    }

    /** A 1.3.1 client sends these with every call. Where they mean nothing they go nowhere. */
    private static void dropCredentials(Endpoint endpoint, Body body) {
        if (endpoint.style() == Style.LEGACY || endpoint.access() == Access.PASSWORD || endpoint.access() == Access.PASSWORD_OR_USER) {
            for (String name : new String[] {"username", "password"}) {
                if (endpoint.params().stream().noneMatch(p -> p.name().equals(name))) {
                    body.params.remove(name);
                }
            }
        }
    }

    private static Verb verb(String method) {
        String name = "HEAD".equals(method) ? "GET" : method;
        return Arrays.stream(Verb.values()).filter(v -> v.name().equals(name)).findFirst().orElse(null);
    }
}
