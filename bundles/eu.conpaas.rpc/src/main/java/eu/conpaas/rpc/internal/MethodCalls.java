package eu.conpaas.rpc.internal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.MethodDef;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.rpc.Request;

/** Carries out calls of a manager's or agent's methods, in the form of 1.3.1. */
final class MethodCalls {
    private static final int OK = 200;
    private final MethodTable table;
    private final Reception reception;

    MethodCalls(MethodTable table, Reception reception) {
        this.table = table;
        this.reception = reception;
    }

    /** What the envelope says. */
    private record Envelope(String verb, Object method, Object params, Object id) {
    }

    void handle(Exchange exchange) throws Exception {
        Request request = reception.facts().of(exchange.http, Map.of());
        try (Body body = body(exchange)) {
            Caller caller;
            try {
                caller = reception.authorize(request, table.access());
            } catch (ApiException e) {
                fail(exchange, body.params.get("id"), e.error());
                return;
            }
            exchange.caller(caller);
            boolean upload = Body.MULTIPART.equals(Body.type(exchange.http));
            if (upload) {
                body.multipart(exchange.http, reception.uploads(), reception.limits().bodyBytes(), reception.limits().uploadBytes());
            }
            Envelope envelope = upload ? upload(body) : envelope(exchange.http.getMethod(), body);
            MethodDef method = find(exchange, envelope);
            run(exchange, request, envelope, method, body, caller);
        }
    }

    private Body body(Exchange exchange) {
        String verb = exchange.http.getMethod();
        String type = Body.type(exchange.http);
        if (!verb.equals("GET") && !verb.equals("POST")) {
            throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, verb + " is not understood here.", "Use GET or POST.");
        }
        if (!Body.JSON_TYPES.contains(type) && !(verb.equals("POST") && type.equals(Body.MULTIPART))) {
            throw new ApiException(ErrorCode.UNSUPPORTED_TYPE, "Content type \"" + type + "\" is not understood here.",
                    "Use application/json, or multipart/form-data for uploads.");
        }
        return Body.plain(exchange.http, reception.limits().bodyBytes());
    }

    private static Envelope envelope(String verb, Body body) {
        Object params = body.params.get("params");
        if (verb.equals("GET") && params instanceof String text) {
            params = json(text);
        }
        Object id = body.params.get("id");
        return new Envelope(verb, body.params.get("method"), params, id instanceof String text && text.matches("\\d{1,9}") ? Integer.valueOf(text) : id);
    }

    private static Envelope upload(Body body) {
        Map<String, Object> params = new LinkedHashMap<>(body.params);
        Object method = params.remove("method");
        Object id = params.remove("id");
        return new Envelope("UPLOAD", method, params, id);
    }

    private static Object json(String text) {
        try {
            return text.isBlank() ? null : Json.read(text.getBytes(StandardCharsets.UTF_8), Json.mapper().constructType(Object.class));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The params are not JSON.", "Correct them and call again.", e);
        }
    }

    private MethodDef find(Exchange exchange, Envelope envelope) {
        if (!(envelope.method() instanceof String name) || name.isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "no method", "Name one in the field \"method\".");
        }
        MethodDef method = table.find(envelope.verb(), name);
        if (method == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, "method not found", "Call a method that this service has, with its verb.");
        }
        exchange.method(name);
        return method;
    }

    private void run(Exchange exchange, Request request, Envelope envelope, MethodDef method, Body body, Caller caller) throws Exception {
        Object result;
        try {
            Map<String, Object> params = params(envelope.params());
            Arguments.check(method.params(), method.open(), Map.of(), params, body.uploads);
            result = method.handler().handle(new Call(request.withMethod(envelope.verb(), method.name(), params), body.uploads, caller));
        } catch (ApiException e) {
            fail(exchange, envelope.id(), e.error());
            return;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            fail(exchange, envelope.id(), Dispatcher.internal(exchange, e));
            return;
        }
        if (result instanceof Download || result instanceof EventStream) {
            exchange.send(result);
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", result);
        answer.put("error", null);
        answer.put("id", envelope.id());
        Answer.json(exchange.response, OK, answer);
    }

    private static Map<String, Object> params(Object params) {
        if (params == null) {
            return Map.of();
        } else if (params instanceof Map<?, ?> map) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((k, v) -> named.put(k.toString(), v));
            return named;
        }
        throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments: params is not an object.", "Name the arguments.");
    }

    private static void fail(Exchange exchange, Object id, ApiError error) throws Exception {
        exchange.failed(error.code());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", error.cause());
        answer.put("id", id);
        answer.put("code", error.code());
        answer.put("cause", error.cause());
        answer.put("next", error.next());
        Answer.json(exchange.response, OK, answer);
    }
}
