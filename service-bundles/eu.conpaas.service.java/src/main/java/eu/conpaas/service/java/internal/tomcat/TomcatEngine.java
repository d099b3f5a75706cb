package eu.conpaas.service.java.internal.tomcat;

import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.Readiness;
import eu.conpaas.service.supervise.AtomicFiles;
import eu.conpaas.service.web.Release;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.agent.nginx.NginxFiles;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.EnginesDoc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat as a daemon of this node, and the list of releases it hosts. */
public final class TomcatEngine {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatEngine.class);
    private static final int SIGTERM = 15;
    /** Time for Tomcat and the active release to start. */
    private static final Duration START = Duration.ofMinutes(4);
    /** Seconds beyond those that requests under way have, before a Tomcat that does not end is killed. */
    private static final int MARGIN = 15;
    private final Place place;

    public TomcatEngine(Place place) {
        this.place = place;
    }

    /**
     * Makes Tomcats that run host these releases, the active one first; those that start later do by themselves.
     *
     * @return what did not start, one line each that begins with the release's name
     */
    public synchronized List<String> host(BackendDoc doc, List<String> releases) throws IOException {
        AtomicFiles.write(hosted(), (String.join("\n", releases) + "\n").getBytes(StandardCharsets.UTF_8), place.user());
        List<String> failed = new ArrayList<>();
        for (EnginesDoc set : doc.engines()) {
            failed.addAll(new TomcatControl(place.address(), set.port(), control(doc)).reconcile());
        }
        failed.forEach(line -> LOG.warn("Tomcat: {}", line));
        return failed;
    }

    /** The Tomcat with one set of settings. */
    public DaemonSpec daemon(BackendDoc doc, EnginesDoc set) throws IOException {
        String id = "tomcat-" + set.slot();
        TomcatFile file = new TomcatFile(place, doc.key(), control(doc), hosted(), base(set.slot()));
        Path path = place.folder("etc").resolve(id + ".properties");
        return new DaemonSpec(id, file.command(set, path), set.environment(), base(set.slot()), Map.of(path, file.text(set)), List.of(),
                new Readiness.Http(new InetSocketAddress(place.address(), set.port()), NginxFiles.HEALTH, START), 0, SIGTERM,
                Duration.ofSeconds(TomcatFile.timeout(set) + MARGIN), false);
    }

    /** What applications write to Tomcat's folder of logs. */
    public Map<String, Path> logs() {
        Map<String, Path> logs = new LinkedHashMap<>();
        for (int slot = 0; slot <= 1; slot++) {
            Path folder = place.context().folder().resolve("tomcat-" + slot).resolve("logs");
            String prefix = "tomcat-" + slot + "-";
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                files.filter(Files::isRegularFile).sorted().forEach(f -> logs.put(prefix + f.getFileName().toString().replaceFirst("\\.log$", ""), f));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return logs;
    }

    private String control(BackendDoc doc) {
        return Release.digest("control " + doc.key() + place.address()).substring(0, 40);
    }

    private Path hosted() throws IOException {
        return place.folder("etc").resolve("hosted");
    }

    /** Tomcat's working folder. In it, {@code files} leads to what is kept, so that applications can be told of it by a path that is the same everywhere. */
    private Path base(int slot) throws IOException {
        Path base = place.folder("tomcat-" + slot);
        Path files = base.resolve("files");
        if (!Files.isSymbolicLink(files)) {
            Files.createSymbolicLink(files, place.files());
        }
        return base;
    }
}
