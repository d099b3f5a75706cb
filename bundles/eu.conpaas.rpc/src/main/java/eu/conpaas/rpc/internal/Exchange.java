package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.time.Duration;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.EventStream;
import eu.conpaas.rpc.Limits;
import eu.conpaas.rpc.RequestLog;

/** One request with its answer, and what the log will say of it. */
final class Exchange {
    final Request http;
    final Response response;
    final String path;
    private final Limits limits;
    private final InFlight inFlight;
    private final long started = System.nanoTime();
    private Caller caller;
    private String method;
    private ErrorCode error;

    Exchange(Request http, Response response, Limits limits, InFlight inFlight) {
        this.http = http;
        this.response = response;
        this.path = Facts.path(http);
        this.limits = limits;
        this.inFlight = inFlight;
    }

    void caller(Caller found) {
        caller = found;
    }

    void method(String name) {
        method = name;
    }

    /** Notes a failure for the log. */
    void failed(ErrorCode code) {
        error = code;
    }

    void send(Object result) throws IOException {
        if (result instanceof EventStream) {
            inFlight.stream();
        }
        Answer.result(response, result, limits.keepAlive());
    }

    void fail(int status, ApiError why) throws IOException {
        failed(why.code());
        Answer.error(response, status, why);
    }

    RequestLog.Entry entry() {
        return new RequestLog.Entry(Request.getRemoteAddr(http), caller == null ? "-" : caller.name(), http.getMethod(), path, method,
                response.getStatus(), error, Duration.ofNanos(System.nanoTime() - started));
    }
}
