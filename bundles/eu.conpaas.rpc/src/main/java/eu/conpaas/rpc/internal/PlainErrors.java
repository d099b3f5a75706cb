package eu.conpaas.rpc.internal;

import java.nio.ByteBuffer;
import java.util.Map;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;

/** Answers what never reached an endpoint (malformed requests, too large headers) in the same form as everything else. */
final class PlainErrors extends ErrorHandler {
    private static final int TOO_LARGE_URI = 414;
    private static final int TOO_LARGE_HEADERS = 431;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ErrorCode code = switch (status) {
            case TOO_LARGE_URI, TOO_LARGE_HEADERS -> ErrorCode.TOO_LARGE;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status >= 500 ? ErrorCode.INTERNAL : ErrorCode.BAD_REQUEST;
        };
        Map<String, Object> body = Answer.failure(new ApiError(code, "The request cannot be read (status " + status + ").",
                "Send a well-formed HTTP/1.1 request within the limits."));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answer.JSON);
        response.write(true, ByteBuffer.wrap(Json.bytes(body)), callback);
        return true;
    }
}
