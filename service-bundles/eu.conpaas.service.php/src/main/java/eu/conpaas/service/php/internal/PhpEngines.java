package eu.conpaas.service.php.internal;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.agent.nginx.Nginx;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The daemons of a backend: pairs of nginx and PHP-FPM. */
final class PhpEngines {
    private static final int SIGQUIT = 3;
    private static final Duration START = Duration.ofSeconds(30);
    private final Place place;
    private final Nginx nginx;

    PhpEngines(Place place) {
        this.place = place;
        this.nginx = new Nginx(place);
    }

    /** For each pair PHP-FPM first, so that nginx stops before it. */
    List<DaemonSpec> backend(BackendDoc doc) throws IOException {
        List<DaemonSpec> daemons = new ArrayList<>();
        for (EnginesDoc pair : doc.engines()) {
            Duration grace = Duration.ofSeconds(Limits.seconds(pair) + 5);
            daemons.add(fpm(pair, grace));
            daemons.add(nginx.daemon("nginx-backend-" + pair.slot(), "backend-" + pair.slot(), NginxFile.of(place, doc.key(), pair), pair.port(), grace));
        }
        return daemons;
    }

    private DaemonSpec fpm(EnginesDoc pair, Duration grace) throws IOException {
        Path file = place.folder("etc").resolve("php-" + pair.slot() + ".conf");
        List<String> command = new ArrayList<>(List.of(Place.program("php-fpm[0-9.]*"), "-F", "-y", file.toString()));
        FpmFile.fixed().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> command.addAll(List.of("-d", e.getKey() + "=" + e.getValue())));
        return new DaemonSpec("php-fpm-" + pair.slot(), command, pair.environment(), place.context().folder(), Map.of(file, FpmFile.of(place, pair)),
                List.of(), new Readiness.Unix(place.socket("php-" + pair.slot()), START), 0, SIGQUIT, grace, false);
    }
}
