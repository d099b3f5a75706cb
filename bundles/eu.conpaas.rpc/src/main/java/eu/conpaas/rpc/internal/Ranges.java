package eu.conpaas.rpc.internal;

import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

import eu.conpaas.rpc.Download;

/** Parts of a download, as {@code Range} asks for them (RFC 9110, section 14): one range of bytes; whatever else is asked is answered whole. */
final class Ranges {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final int PARTIAL = 206;
    private static final int UNSATISFIABLE = 416;

    private Ranges() {
    }

    /** Sets length, status and headers, and gives what is to be written. */
    static Download.Content choose(Response response, Download download) {
        HttpFields.Mutable headers = response.getHeaders();
        HttpFields asked = response.getRequest().getHeaders();
        if (download.size() >= 0) {
            headers.put(HttpHeader.CONTENT_LENGTH, download.size());
        }
        if (!(download.content() instanceof Download.Ranged ranged) || download.size() < 0) {
            return download.content();
        }
        String tag = '"' + ranged.tag() + '"';
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        headers.put(HttpHeader.ETAG, tag);
        Matcher range = RANGE.matcher(String.valueOf(asked.get(HttpHeader.RANGE)));
        String onlyIf = asked.get(HttpHeader.IF_RANGE);
        boolean empty = !range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty();
        if (empty || onlyIf != null && !onlyIf.equals(tag)) {
            return ranged;
        }
        return part(response, ranged, download.size(), range.group(1), range.group(2));
    }

    private static Download.Content part(Response response, Download.Ranged content, long size, String first, String last) {
        HttpFields.Mutable headers = response.getHeaders();
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (from > to) {
            response.setStatus(UNSATISFIABLE);
            headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
            headers.put(HttpHeader.CONTENT_LENGTH, 0);
            return OutputStream::flush;
        }
        response.setStatus(PARTIAL);
        headers.put(HttpHeader.CONTENT_RANGE, "bytes " + from + "-" + to + "/" + size);
        headers.put(HttpHeader.CONTENT_LENGTH, to - from + 1);
        return out -> content.writeTo(out, from, to - from + 1);
    }
}
