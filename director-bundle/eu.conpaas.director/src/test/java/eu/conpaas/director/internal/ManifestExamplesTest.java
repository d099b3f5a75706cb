package eu.conpaas.director.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.director.internal.manifest.Manifest;
import eu.conpaas.director.internal.manifest.ManifestReader;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;

/** The manifests that are shipped, and the shapes of the original's, read with the descriptors of the real service types. */
class ManifestExamplesTest {
    /** A type of which only the descriptor is known. */
    private record Described(ServiceDescriptor descriptor) implements ServiceType {
        @Override
        public ServicePlanner planner() {
            return () -> descriptor;
        }

        @Override
        public ServiceManager manager(ManagerContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServiceAgent agent(AgentContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static Path root() {
        Path folder = Path.of(System.getProperty("conpaas.root", "")).toAbsolutePath();
        while (!Files.exists(folder.resolve("service-bundles"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Types types() throws IOException {
        Types types = new Types();
        try (Stream<Path> files = Files.find(root().resolve("service-bundles"), 12, (p, a) -> p.endsWith("service.json") && p.toString().contains("src"))) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    types.add(new Described(DescriptorReader.read(in)));
                }
            }
        }
        return types;
    }

    @Test
    void whatIsShippedIsRead() throws IOException {
        try (Stream<Path> files = Files.list(root().resolve("docs/examples"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Manifest manifest = ManifestReader.read(Files.readString(file), types());
                assertEquals(List.of("mysql", "php"), manifest.services().stream().map(Manifest.Entry::type).toList(), file.toString());
            }
        }
    }

    @Test
    void theOriginalsShapeNamesWhatDoesNotExist() throws IOException {
        String wordpress = """
                {"Application": "New Wordpress application", "Services": [
                  {"Type": "xtreemfs", "ServiceName": "XtreemFS backend", "Start": 1, "VolumeStartup": {"volumeName": "data", "owner": "www-data"}, "StartupInstances": {"osd": "1"}},
                  {"Type": "mysql", "ServiceName": "MySQL backend", "Start": 1, "Password": "contrail123", "StartupInstances": {"slaves": "1"}},
                  {"Type": "php", "ServiceName": "PHP frontend", "Start": 1, "Archive": "http://www.example.org/wordpress.tar.gz", "StartupScript": "http://www.example.org/wordpress.sh"}]}""";
        ApiException refused = assertThrows(ApiException.class, () -> ManifestReader.read(wordpress, types()));
        assertTrue(refused.error().cause().startsWith("Services[0].Type: there is no service type 'xtreemfs' here") && refused.error().cause().lines().count() == 1,
                refused.error().cause());
    }
}
