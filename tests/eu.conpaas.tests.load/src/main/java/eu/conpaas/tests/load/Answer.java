package eu.conpaas.tests.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A whole HTTP answer.
 *
 * @param status   status code
 * @param headers  by lower-case name
 * @param body     decoded of chunking only
 * @param reusable whether the connection may carry another request
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body, boolean reusable) {
    /** First value of a header, or null. */
    public String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.getFirst();
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
