package eu.conpaas.node.internal;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.Bootstrap;
import eu.conpaas.api.Enrolment;
import eu.conpaas.api.Heartbeat;
import eu.conpaas.api.Observed;
import eu.conpaas.api.StepReport;
import eu.conpaas.client.Connection;
import eu.conpaas.client.NodeLink;
import eu.conpaas.pki.Keys;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.runtime.NodeFolders;
import eu.conpaas.service.runtime.NodeSampler;
import eu.conpaas.service.supervise.EngineUser;
import eu.conpaas.service.supervise.LocalSupervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** Goes once through what a start of the node does, while the product is built, so that the classes it needs are in the AOT cache. Touches one temporary folder. */
final class Rehearsal {
    private Rehearsal() {
    }

    static int run(BundleContext bundles) {
        try {
            Path folder = Files.createTempDirectory("conpaas-rehearsal");
            try {
                act(folder, bundles);
            } finally {
                remove(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void act(Path folder, BundleContext bundles) throws IOException {
        NodeFolders folders = new NodeFolders(folder);
        folders.make(EngineUser.SELF);
        for (Class<?> type : List.of(Bootstrap.class, Enrolment.Answer.class, Heartbeat.Answer.class, Assignment.class, StepReport.class, Observed.class)) {
            Json.convert(Map.of(), Map.class);
            Json.mapper().canDeserialize(Json.mapper().constructType(type));
        }
        Keys.sign(Keys.generate().getPrivate(), "rehearsal");
        try (LocalSupervisor supervisor = new LocalSupervisor(folders.daemons(), folders.logs(), EngineUser.SELF, Map.of());
                NodeLink link = Connection.to("https://127.0.0.1:1").pin("0".repeat(64)).nodeLink()) {
            new NodeSampler(supervisor).sample();
            nobodyAnswers(link);
        }
        bundles.getBundle();
    }

    private static void nobodyAnswers(NodeLink link) {
        try {
            link.heartbeat(new Heartbeat(1, "0", "127.0.0.1", 1, "", true, null, Map.of()));
        } catch (eu.conpaas.api.ApiException expected) {
            Json.write(expected.error());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
