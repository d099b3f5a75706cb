package eu.conpaas.service.php.internal.agent.nginx;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.php.internal.Roles;
import eu.conpaas.service.php.internal.agent.Place;
import eu.conpaas.service.php.internal.doc.BackendDoc;
import eu.conpaas.service.php.internal.doc.PairDoc;
import eu.conpaas.service.php.internal.doc.WebDoc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The daemons of the roles web and backend. */
public final class NginxEngines {
    private static final int SIGQUIT = 3;
    private static final Duration START = Duration.ofSeconds(30);
    private final Place place;

    public NginxEngines(Place place) {
        this.place = place;
    }

    public List<DaemonSpec> web(WebDoc doc) throws IOException {
        return List.of(nginx("nginx-web", "web", new NginxFiles(place, doc.key()).web(), Roles.WEB_PORT, Duration.ofSeconds(30)));
    }

    /** For each pair PHP-FPM first, so that nginx stops before it. */
    public List<DaemonSpec> backend(BackendDoc doc) throws IOException {
        List<DaemonSpec> daemons = new ArrayList<>();
        for (PairDoc pair : doc.pairs()) {
            Duration grace = Duration.ofSeconds(Limits.seconds(pair) + 5);
            daemons.add(fpm(pair, grace));
            daemons.add(nginx("nginx-backend-" + pair.slot(), "backend-" + pair.slot(), new NginxFiles(place, doc.key()).backend(pair), pair.port(), grace));
        }
        return daemons;
    }

    private DaemonSpec nginx(String id, String name, String text, int port, Duration grace) throws IOException {
        Path file = place.folder("etc").resolve(id + ".conf");
        List<String> command = List.of(Place.program("nginx"), "-e", place.log(name + "-error.log").toString(), "-c", file.toString());
        return new DaemonSpec(id, command, Map.of(), place.context().folder(), Map.of(file, text), List.of(),
                new Readiness.Http(new InetSocketAddress(place.address(), port), NginxFiles.HEALTH, START), 0, SIGQUIT, grace, false);
    }

    private DaemonSpec fpm(PairDoc pair, Duration grace) throws IOException {
        Path file = place.folder("etc").resolve("php-" + pair.slot() + ".conf");
        List<String> command = new ArrayList<>(List.of(Place.program("php-fpm[0-9.]*"), "-F", "-y", file.toString()));
        FpmFile.fixed().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> command.addAll(List.of("-d", e.getKey() + "=" + e.getValue())));
        return new DaemonSpec("php-fpm-" + pair.slot(), command, pair.environment(), place.context().folder(), Map.of(file, FpmFile.of(place, pair)),
                List.of(), new Readiness.Unix(place.socket("php-" + pair.slot()), START), 0, SIGQUIT, grace, false);
    }
}
