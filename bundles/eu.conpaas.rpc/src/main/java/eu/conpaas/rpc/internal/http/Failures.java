package eu.conpaas.rpc.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;

/** Turns what goes wrong into typed errors. */
public final class Failures {
    private static final int ERROR = 400;
    private static final int START = 40;
    private static final Pattern FAILURE = Pattern.compile("\\{\\s*\"error\"\\s*:\\s*true\\b");

    private Failures() {
    }

    /** @throws ApiException if the answer is a failure in any of the shapes in use */
    public static void check(Reply reply, byte[] body) {
        String header = reply.header("X-ConPaaS-Error");
        if (header != null) {
            throw new ApiException(parse(header, reply.status()));
        }
        String start = new String(body, 0, Math.min(body.length, START), StandardCharsets.UTF_8);
        if (reply.status() >= ERROR || FAILURE.matcher(start).lookingAt()) {
            throw new ApiException(parse(new String(body, StandardCharsets.UTF_8), reply.status()));
        }
    }

    /** What a JSON answer says that came instead of a file. */
    public static ApiException notAFile(Reply reply, byte[] body) {
        check(reply, body);
        try {
            JsonNode node = Json.tree(new String(body, StandardCharsets.UTF_8));
            if (node.path("error").isTextual()) {
                return new ApiException(node.has("code") ? error(node, ERROR) : new ApiError(ErrorCode.BAD_REQUEST, node.get("error").asText(), ""));
            }
        } catch (IllegalArgumentException e) {
            return new ApiException(ErrorCode.INTERNAL, "The answer is neither a file nor JSON.", "Compare the releases of both sides.", e);
        }
        return new ApiException(ErrorCode.INTERNAL, "The answer is not a file.", "Compare the releases of both sides.");
    }

    private static ApiError parse(String text, int status) {
        try {
            JsonNode node = Json.tree(text);
            if (node.isObject() && (node.has("cause") || node.has("msg"))) {
                return error(node, status);
            }
        } catch (IllegalArgumentException e) {
            return plain(text, status);
        }
        return plain(text, status);
    }

    private static ApiError plain(String text, int status) {
        String start = text.strip().lines().findFirst().orElse("");
        return new ApiError(ofStatus(status), "The server answered with status " + status
                + (start.isEmpty() ? "." : ": " + start.substring(0, Math.min(start.length(), 200))), "");
    }

    /** The error an object describes; {@code code} may be missing or new to this release. */
    public static ApiError error(JsonNode node, int status) {
        String cause = node.hasNonNull("cause") ? node.get("cause").asText() : node.path("msg").asText(null);
        return new ApiError(code(node.path("code").asText(""), status), cause, node.path("next").asText(""));
    }

    private static ErrorCode code(String name, int status) {
        return Arrays.stream(ErrorCode.values()).filter(c -> c.name().equals(name)).findFirst().orElseGet(() -> ofStatus(status));
    }

    private static ErrorCode ofStatus(int status) {
        return Arrays.stream(ErrorCode.values()).filter(c -> c.status() == status).findFirst()
                .orElse(status >= 500 ? ErrorCode.INTERNAL : ErrorCode.BAD_REQUEST);
    }

    /** What an exception of the connection means. */
    static ApiException of(IOException e, String where) {
        Throwable certificate = find(e, CertificateException.class);
        if (certificate != null) {
            return new ApiException(ErrorCode.NOT_AUTHENTICATED, "The server at " + where + " is not the one expected: " + certificate.getMessage()
                    + ".", "Make sure of the address and of the CA's fingerprint.", e);
        } else if (isRefusal(e)) {
            return new ApiException(ErrorCode.NOT_AUTHENTICATED, "The server at " + where + " does not accept this side's certificate.",
                    "Get a new certificate from the director.", e);
        } else if (e instanceof ConnectTimeoutException || e instanceof SocketTimeoutException || e instanceof ConnectionRequestTimeoutException) {
            return timeout(where, e);
        } else if (e instanceof ConnectException || e instanceof NoRouteToHostException || e instanceof UnknownHostException) {
            return new ApiException(ErrorCode.UNAVAILABLE, "Nobody answers at " + where + " (" + e.getMessage() + ").",
                    "Make sure that the server runs, and call again.", e);
        } else if (e instanceof Reply.LocalException) {
            return new ApiException(ErrorCode.BAD_REQUEST, "Cannot store what " + where + " sends: " + e.getMessage() + ".",
                    "Make room or choose another place.", e);
        }
        return new ApiException(ErrorCode.UNAVAILABLE, "The connection to " + where + " broke (" + e.getMessage() + ").", "Call again.", e);
    }

    static ApiException timeout(String where, IOException e) {
        return new ApiException(ErrorCode.TIMEOUT, "No answer from " + where + " in time.", "Call again later.", e);
    }

    static boolean isInterrupt(IOException e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException) && Thread.currentThread().isInterrupted();
    }

    private static boolean isRefusal(Throwable e) {
        Throwable tls = find(e, SSLException.class);
        String text = tls == null ? "" : String.valueOf(tls.getMessage());
        return text.contains("fatal alert") && (text.contains("certificate") || text.contains("unknown_ca") || text.contains("access_denied"));
    }

    private static Throwable find(Throwable e, Class<? extends Throwable> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return t;
            }
        }
        return null;
    }
}
