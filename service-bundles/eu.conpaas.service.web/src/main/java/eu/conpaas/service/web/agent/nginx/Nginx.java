package eu.conpaas.service.web.agent.nginx;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.web.Roles;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.WebDoc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** nginx as a daemon of this node. */
public final class Nginx {
    private static final int SIGQUIT = 3;
    private static final Duration START = Duration.ofSeconds(30);
    private final Place place;

    public Nginx(Place place) {
        this.place = place;
    }

    /** The role web; see {@link NginxFiles#web}. */
    public List<DaemonSpec> web(WebDoc doc, String files, String dynamic) throws IOException {
        return List.of(daemon("nginx-web", "web", new NginxFiles(place, doc.key()).web(files, dynamic), Roles.WEB_PORT, Duration.ofSeconds(30)));
    }

    /**
     * One nginx.
     *
     * @param id   of the daemon
     * @param name under which its log is kept
     * @param text its configuration, which answers at {@link NginxFiles#HEALTH}
     */
    public DaemonSpec daemon(String id, String name, String text, int port, Duration grace) throws IOException {
        Path file = place.folder("etc").resolve(id + ".conf");
        List<String> command = List.of(Place.program("nginx"), "-e", place.log(name + "-error.log").toString(), "-c", file.toString());
        return new DaemonSpec(id, command, Map.of(), place.context().folder(), Map.of(file, text), List.of(),
                new Readiness.Http(new InetSocketAddress(place.address(), port), NginxFiles.HEALTH, START), 0, SIGQUIT, grace, false);
    }
}
