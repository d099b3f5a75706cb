package eu.conpaas.director.internal.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.pki.Pem;
import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Download;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.OpenApi;
import eu.conpaas.rpc.Style;
import eu.conpaas.rpc.Text;
import eu.conpaas.rpc.Verb;

/** What anybody may know. */
public final class InfoApi {
    private final Types types;
    private final Clouds clouds;
    private final Certificates certificates;
    private final String version;
    private final Path nodeArchive;
    private Map<String, Object> openApi = Map.of();

    /** @param nodeArchive the packed node product, or null if there is none to serve */
    public InfoApi(Types types, Clouds clouds, Certificates certificates, String version, Path nodeArchive) {
        this.types = types;
        this.clouds = clouds;
        this.certificates = certificates;
        this.version = version;
        this.nodeArchive = nodeArchive;
    }

    /** Told once the table of endpoints is complete. */
    public void describe(Endpoints endpoints) {
        openApi = OpenApi.of(endpoints, "ConPaaS director", version);
    }

    @Expose(verb = Verb.GET, path = "/available_services", access = Access.PUBLIC, style = Style.LEGACY, help = "Names of the service types.")
    public List<String> services() {
        return types.names();
    }

    @Expose(verb = Verb.GET, path = "/available_clouds", access = Access.PUBLIC, style = Style.LEGACY, help = "Names of the clouds, the default one first.")
    public List<String> clouds() {
        return clouds.names();
    }

    @Expose(verb = Verb.GET, path = "/version", access = Access.PUBLIC, style = Style.LEGACY, help = "Version of the director.")
    public Text version() {
        return Text.plain(version);
    }

    @Expose(verb = Verb.GET, path = "/descriptors", access = Access.PUBLIC, help = "All there is to know of the service types.")
    public List<ServiceDescriptor> descriptors() {
        return types.descriptors();
    }

    @Expose(verb = Verb.GET, path = "/openapi.json", access = Access.PUBLIC, help = "This API, described.")
    public Map<String, Object> openApi() {
        return openApi;
    }

    @Expose(verb = Verb.GET, path = "/ca", access = Access.PUBLIC, help = "The CA's certificate, PEM.")
    public Text ca() {
        return Text.pem(Pem.write(certificates.ca()));
    }

    @Expose(verb = Verb.GET, path = "/download/node.tar.gz", access = Access.PUBLIC, help = "The node product.")
    public Download node() throws IOException {
        return archive("node.tar.gz");
    }

    @Expose(verb = Verb.GET, path = "/download/ConPaaS.tar.gz", access = Access.PUBLIC, help = "The node product, under the name of 1.3.1.")
    public Download conpaas() throws IOException {
        return archive("ConPaaS.tar.gz");
    }

    private Download archive(String name) throws IOException {
        if (nodeArchive == null || !Files.isRegularFile(nodeArchive)) {
            throw new ApiException(ErrorCode.NOT_FOUND, "This director has no node product to serve.", "Install the director with its node product.");
        }
        return Download.of(nodeArchive, name);
    }
}
