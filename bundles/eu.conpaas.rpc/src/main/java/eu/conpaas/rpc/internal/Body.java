package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;
import eu.conpaas.rpc.Upload;

/** What a request carries: parameters, and files for the time of the call. */
final class Body implements AutoCloseable {
    static final Set<String> JSON_TYPES = Set.of("application/json", "application/json-rpc", "application/jsonrequest");
    static final String FORM = "application/x-www-form-urlencoded";
    static final String MULTIPART = "multipart/form-data";
    private static final Logger LOG = LoggerFactory.getLogger(Body.class);
    final Map<String, Object> params = new LinkedHashMap<>();
    final Map<String, Upload> uploads = new LinkedHashMap<>();

    /** Media type of the request's body in lower case, without parameters; empty if none is said. */
    static String type(Request http) {
        String type = http.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Query and, unless it is multipart, the body. */
    static Body plain(Request http, int maxBytes) {
        Body body = new Body();
        body.form(http.getHttpURI().getQuery());
        String type = type(http);
        if (MULTIPART.equals(type)) {
            return body;
        }
        byte[] bytes = read(http, maxBytes);
        if (bytes.length == 0) {
            return body;
        }
        if (JSON_TYPES.contains(type)) {
            body.params.putAll(json(new String(bytes, StandardCharsets.UTF_8)));
        } else if (FORM.equals(type)) {
            body.form(new String(bytes, StandardCharsets.UTF_8));
        } else {
            throw new ApiException(ErrorCode.UNSUPPORTED_TYPE, "A body of type \"" + type + "\" is not understood here.",
                    "Send application/json, a form, or multipart/form-data where files are expected.");
        }
        return body;
    }

    /** Adds fields and files of a multipart body. */
    void multipart(Request http, Path folder, int maxFieldBytes, long maxBytes) {
        Multipart.read(http, folder, maxFieldBytes, maxBytes, this);
    }

    private static Map<String, Object> json(String text) {
        try {
            Map<String, Object> map = Json.map(text);
            if (map != null) {
                return map;
            }
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The body is not a JSON object.", "Correct the body and call again.", e);
        }
        return Map.of();
    }

    private void form(String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                params.put(decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The parameters are not properly encoded.", "Encode them as a URL needs it.", e);
        }
    }

    private static byte[] read(Request http, int maxBytes) {
        if (http.getLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (InputStream in = Content.Source.asInputStream(http)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            return bytes;
        } catch (IOException | UncheckedIOException e) {
            throw broken(e);
        }
    }

    static ApiException tooLarge(long maxBytes) {
        return new ApiException(ErrorCode.TOO_LARGE, "The body is larger than " + maxBytes + " bytes.", "Send less at once.");
    }

    static ApiException broken(Throwable e) {
        return new ApiException(ErrorCode.BAD_REQUEST, "The body did not arrive whole and in time.", "Call again over a better connection.", e);
    }

    /** Deletes the files that nobody moved away. */
    @Override
    public void close() {
        for (Upload upload : uploads.values()) {
            try {
                Files.deleteIfExists(upload.path());
            } catch (IOException e) {
                LOG.warn("cannot delete the upload {}", upload.path(), e);
            }
        }
    }
}
