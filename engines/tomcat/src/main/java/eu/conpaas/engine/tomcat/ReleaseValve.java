package eu.conpaas.engine.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * The door. Lets in only what comes through a proxy, and leads each request to one release: that of its session as long as the session lives,
 * else the active one, which a header names. Answers the health check and the node's agent itself.
 */
final class ReleaseValve extends ValveBase {
    /** Attribute of requests that are not noted in the access log. */
    static final String UNLOGGED = "eu.conpaas.unlogged";
    private static final String HEALTH = "/.conpaas/health";
    private static final String RELEASES = "/.conpaas/releases";
    private static final String KEY = "X-ConPaaS-Key";
    private static final String CONTROL = "X-ConPaaS-Control";
    private static final String VERSION = "X-ConPaaS-Version";
    private static final String ACTIVE = "X-ConPaaS-Active";
    private static final String CLIENT = "X-Real-IP";
    private static final List<String> OWN = List.of(KEY, CONTROL, VERSION, ACTIVE, "X-ConPaaS-Proxy");
    private final Configuration configuration;
    private final Applications applications;

    ReleaseValve(Configuration configuration, Applications applications) {
        super(true);
        this.configuration = configuration;
        this.applications = applications;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String path = request.getDecodedRequestURI();
        if (HEALTH.equals(path)) {
            request.setAttribute(UNLOGGED, true);
            boolean ready = applications.isReady();
            answer(response, ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE, ready ? "ok\n" : "the application did not start\n");
        } else if (RELEASES.equals(path) && same(configuration.control(), request.getHeader(CONTROL))) {
            request.setAttribute(UNLOGGED, true);
            List<String> failed = applications.reconcile();
            answer(response, failed.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_CONFLICT, String.join("\n", failed) + "\n");
        } else if (!same(configuration.key(), request.getHeader(KEY))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            serve(request, response);
        }
    }

    private void serve(Request request, Response response) throws IOException, ServletException {
        Hosted hosted = choose(request);
        if (hosted == null || !hosted.enter()) {
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            lead(request, hosted);
            SharedManager.begin();
            getNext().invoke(request, response);
        } finally {
            for (Session session : SharedManager.end()) {
                hosted.manager().save(session);
            }
            hosted.exit();
        }
    }

    private Hosted choose(Request request) throws IOException {
        String active = request.getHeader(ACTIVE) == null ? request.getHeader(VERSION) : request.getHeader(ACTIVE);
        Hosted usual = applications.release(active);
        String session = request.getRequestedSessionId();
        String version = SharedManager.versionOf(session);
        if (version == null || usual != null && usual.version().equals(version)) {
            return usual;
        }
        // proxies see cookies, and know what is kept
        String named = request.getHeader(VERSION);
        boolean kept = request.isRequestedSessionIdFromURL() || named != null && Hosted.version(named).equals(version);
        Hosted old = kept ? applications.version(version) : null;
        return old != null && old.manager().findSession(session) != null ? old : usual;
    }

    /** Tomcat has chosen the newest release; chooses this one, and shows the request as the proxy got it. */
    private static void lead(Request request, Hosted hosted) throws IOException {
        request.getMappingData().recycle();
        request.getConnector().getService().getMapper().map(request.getCoyoteRequest().serverName(), request.getCoyoteRequest().decodedURI(),
                hosted.context().getWebappVersion(), request.getMappingData());
        String client = request.getHeader(CLIENT);
        if (client != null) {
            request.setRemoteAddr(client);
            request.setRemoteHost(client);
        }
        if ("https".equals(request.getHeader("X-Forwarded-Proto"))) {
            request.setSecure(true);
            request.getCoyoteRequest().scheme().setString("https");
        }
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        OWN.forEach(headers::removeHeader);
    }

    private static boolean same(String expected, String given) {
        return given != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Response response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(text);
    }
}
