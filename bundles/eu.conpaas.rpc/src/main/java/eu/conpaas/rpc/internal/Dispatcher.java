package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.ClientAuth;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Guard;
import eu.conpaas.rpc.Limits;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.rpc.RequestLog;

/** Takes every request, counts it, leads it to an endpoint or a method, and logs it. */
public final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private final Facts facts;
    private final EndpointCalls endpoints;
    private final MethodCalls methods;
    private final Limits limits;
    private final RequestLog log;
    private final ClientLimit clients;
    private final InFlight inFlight = new InFlight();

    public Dispatcher(Endpoints endpoints, MethodTable methods, Guard guard, Limits limits, RequestLog log, Trust trust,
            ClientAuth clientAuth, Path uploads) {
        this.facts = new Facts(trust, clientAuth);
        Reception reception = new Reception(guard, limits, facts, uploads);
        this.endpoints = new EndpointCalls(new Routes(endpoints), reception);
        this.methods = methods == null ? null : new MethodCalls(methods, reception);
        this.limits = limits;
        this.log = log;
        this.clients = new ClientLimit(limits.perClient());
    }

    /** Ends what is under way, giving it this time; from now on calls are refused. */
    public void close(Duration grace) {
        inFlight.close(grace);
    }

    @Override
    public boolean handle(Request http, Response response, Callback callback) {
        Exchange exchange = new Exchange(http, response, limits, inFlight);
        Answer.securityHeaders(response);
        // A call that waits for something (long poll, slow engine) sends nothing meanwhile, which is no fault of the connection.
        http.addIdleTimeoutListener(timeout -> false);
        if (!inFlight.enter()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            finish(exchange, callback, () -> exchange.fail(503, new ApiError(ErrorCode.UNAVAILABLE, "The server is stopping.",
                    "Call again in some seconds.")));
            return true;
        }
        try {
            finish(exchange, callback, () -> counted(exchange));
        } finally {
            inFlight.leave();
        }
        return true;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** A browser shows a user's certificate whatever page asks it to call, so that changes other sites ask for are refused. Other clients send no Origin. */
    private static void refuseOtherSites(Request http) {
        if (HttpMethod.GET.is(http.getMethod()) || HttpMethod.HEAD.is(http.getMethod())) {
            return;
        }
        String origin = http.getHeaders().get(HttpHeader.ORIGIN);
        String host = http.getHeaders().get(HttpHeader.HOST);
        boolean own = origin == null || host != null && origin.equalsIgnoreCase("https://" + host);
        if (!own || "cross-site".equals(http.getHeaders().get("Sec-Fetch-Site"))) {
            throw new ApiException(ErrorCode.FORBIDDEN, "The call comes from another site" + (origin == null ? "." : ", " + origin + "."), "Call from a page of this server, or without a browser.");
        }
    }

    private void counted(Exchange exchange) throws Exception {
        refuseOtherSites(exchange.http);
        String client = facts.client(exchange.http);
        clients.enter(client);
        try {
            if (methods != null && exchange.path.equals("/")) {
                methods.handle(exchange);
            } else {
                endpoints.handle(exchange);
            }
        } finally {
            clients.leave(client);
        }
    }

    private void finish(Exchange exchange, Callback callback, Work work) {
        try {
            run(exchange, work);
            callback.succeeded();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} went away", exchange.path, e);
            callback.failed(e);
        } finally {
            log.log(exchange.entry());
        }
    }

    /** Whatever goes wrong before the answer has begun becomes an answer; afterwards the connection is cut, so that the client notices. */
    private void run(Exchange exchange, Work work) throws IOException {
        try {
            work.run();
        } catch (ApiException e) {
            exchange.fail(e.error().code().status(), e.error());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            if (exchange.response.isCommitted()) {
                throw e instanceof IOException io ? io : new IOException("failed while answering", e);
            }
            exchange.fail(ErrorCode.INTERNAL.status(), internal(exchange, e));
        }
    }

    /** The log gets the whole story; the client a number by which it is found there. */
    static ApiError internal(Exchange exchange, Throwable e) {
        String number = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 32);
        LOG.error("report {}: {} {} failed", number, exchange.http.getMethod(), exchange.path, e);
        return new ApiError(ErrorCode.INTERNAL, "The server made an error (" + e.getClass().getSimpleName() + ").",
                "Look for report " + number + " in its log.");
    }
}
