package eu.conpaas.service.web.agent.proxy;

import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.ProxyDoc;
import eu.conpaas.service.web.doc.ServerDoc;
import eu.conpaas.service.web.doc.SessionDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Configuration of HAProxy. It is read at its start only: everything that changes while it runs (servers, the active release) is changed
 * through its socket, and written here too for the next start.
 */
final class HaproxyFile {
    /** Endings of paths that are asked of the web role first. It hands on what it has not. */
    static final String STATIC = ".css .js .mjs .map .json .xml .txt .md .html .htm .csv .pdf .png .jpg .jpeg .gif .svg .webp .avif .ico .bmp .tif .tiff"
            + " .woff .woff2 .ttf .otf .eot .mp3 .mp4 .m4a .ogg .webm .avi .mov .zip .gz .tgz .bz2 .xz .7z .tar .wasm .swf .doc .docx .xls .xlsx .ppt .odt";
    static final String SITE = "site";
    static final String WEB = "web";
    static final String BACKEND = "backend";
    private final Place place;
    private final Path map;
    private final Path socket;
    private final int port;

    HaproxyFile(Place place, Path map, Path socket, int port) {
        this.place = place;
        this.map = map;
        this.socket = socket;
        this.port = port;
    }

    /** Everything that cannot be changed while it runs. */
    String fixed(ProxyDoc doc) throws IOException {
        String user = place.user().isOther() ? "uid " + place.user().id() + "\n  gid " + place.user().id() : "";
        String open = doc.publicAddress() == null || doc.publicAddress().equals(place.address()) ? ""
                : "bind " + doc.publicAddress() + ":" + port + " transparent";
        return """
                global
                  %1$s
                  maxconn 4096
                  no strict-limits
                  hard-stop-after 130s
                  stats socket %2$s mode 600 level admin
                  stats timeout 30s
                defaults
                  mode http
                  option http-keep-alive
                  option redispatch 1
                  option idle-close-on-response
                  option dontlognull
                  option srvtcpka
                  srvtcpka-idle 10s
                  srvtcpka-intvl 5s
                  srvtcpka-cnt 3
                  retries 3
                  retry-on conn-failure empty-response 0rtt-rejected 502
                  timeout connect 5s
                  timeout client 60s
                  timeout server 24h
                  timeout queue 120s
                  timeout check 5s
                  timeout http-request 30s
                  timeout http-keep-alive 65s
                  timeout tunnel 1h
                frontend site
                  bind %3$s:%4$d
                  %5$s
                  http-request del-header Proxy
                  http-request set-header X-ConPaaS-Version %%[str(%6$s),map(%7$s,none)]
                  %11$s
                  http-request set-header X-ConPaaS-Key %8$s
                  http-request set-header X-ConPaaS-Proxy %3$s:%9$d
                  http-request set-header X-Real-IP %%[src]
                  http-request set-header X-Forwarded-For %%[src]
                  http-request set-header X-Forwarded-Proto http
                  http-request set-header X-Forwarded-Port %%[dst_port]
                  acl reads method GET HEAD
                  acl static path_end -i %10$s
                  acl files str(%12$s),map(%7$s,none) -m str %13$s
                  use_backend web if reads static files
                  default_backend backend
                frontend handon
                  bind %3$s:%9$d
                  http-request deny unless { req.hdr(X-ConPaaS-Key) -m str %8$s }
                  default_backend backend
                """.formatted(user, socket, place.address(), port, open, LiveMap.ACTIVE, map, doc.key(), Roles.HAND_ON, STATIC, kept(doc.sessions()), LiveMap.FILES, LiveMap.YES);
    }

    /** Users of an old code version that is kept go on with it; which one is active is told too, for sessions that have ended. */
    private String kept(SessionDoc sessions) {
        return sessions == null ? "" : """
                http-request set-var(txn.version) req.cook(%1$s),field(2,.)
                  http-request set-var(txn.kept) str(%2$s),concat(,txn.version),map(%3$s)
                  http-request set-header X-ConPaaS-Active %%[str(%4$s),map(%3$s,none)]
                  http-request set-header X-ConPaaS-Version %%[var(txn.kept)] if { var(txn.kept) -m found }"""
                .formatted(sessions.cookie(), LiveMap.VERSION, map, LiveMap.ACTIVE);
    }

    /** Requests with a session go to the backend that made it, as long as that serves. */
    private static String bound(SessionDoc sessions) {
        return sessions == null ? "" : """
                  stick-table type string len 100 size 200k expire 2h
                  stick on req.cook(%1$s)
                  stick store-response res.cook(%1$s)
                """.formatted(sessions.cookie());
    }

    /** The whole file. */
    String text(ProxyDoc doc) throws IOException {
        return fixed(doc) + servers(WEB, "roundrobin", "", doc.web()) + servers(BACKEND, "leastconn", bound(doc.sessions()), doc.backend());
    }

    private static String servers(String name, String balance, String more, List<ServerDoc> servers) {
        StringBuilder text = new StringBuilder().append("""
                backend %s
                  balance %s
                  http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE }
                  option httpchk
                  http-check send meth GET uri /.conpaas/health
                  http-check expect status 200
                """.formatted(name, balance)).append(more);
        servers.forEach(s -> text.append("  server ").append(s.name()).append(' ').append(arguments(s)).append('\n'));
        return text.toString();
    }

    /**
     * A server as both the file and {@code add server} spell it, without its name. What a server in the file has by itself must be said of
     * one that is added: without a pool each request would have a connection of its own.
     */
    static String arguments(ServerDoc s) {
        return "%s:%d check inter 1s fall 3 rise 1 pool-max-conn -1 pool-purge-delay 5s maxconn %d weight %d".formatted(s.address(), s.port(), s.slots(), s.weight());
    }
}
