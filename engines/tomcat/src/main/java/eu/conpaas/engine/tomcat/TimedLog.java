package eu.conpaas.engine.tomcat;

import java.io.CharArrayWriter;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.AccessLogValve;

/** The access log as nginx writes it too: when, and how long in seconds with their thousandths, come first. {@code %Q} is the latter. */
final class TimedLog extends AccessLogValve {
    @Override
    protected AccessLogElement createAccessLogElement(char pattern) {
        return pattern == 'Q' ? new Seconds() : super.createAccessLogElement(pattern);
    }

    private static final class Seconds implements AccessLogElement {
        @Override
        public void addElement(CharArrayWriter buffer, Request request, Response response, long nanos) {
            buffer.append(String.format(Locale.ROOT, "%.3f", nanos / 1e9));
        }
    }
}
