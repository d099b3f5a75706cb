package eu.conpaas.director.internal.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Consumer;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.store.Database;

/** Uninstalls: ends everything that the installation has on its clouds. Its folder stays, to be removed by whoever wants that. */
final class Purge {
    private Purge() {
    }

    /** @throws ApiException CONFLICT if the director runs; CLOUD if a cloud does not do it, after the others have been asked */
    static void run(DirectorConfig config, Map<String, CloudDriver> drivers, Consumer<String> out) {
        refuseWhileRunning(config);
        String installation;
        try (Database database = new Database(config.database())) {
            installation = database.read(s -> s.one("SELECT value FROM meta WHERE key = 'installation'", r -> r.text("value")).orElse(null));
        }
        if (installation == null) {
            out.accept("The director has never run: there is nothing to end.");
            return;
        }
        ApiException failed = null;
        try (Clouds clouds = new Clouds(config, installation, drivers)) {
            for (String name : clouds.names()) {
                try {
                    Cloud cloud = clouds.get(name);
                    cloud.purge();
                    out.accept("Nothing of this director is left on cloud " + name);
                } catch (CloudException e) {
                    failed = Clouds.error(name, e);
                } catch (ApiException e) {
                    failed = e;
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static void refuseWhileRunning(DirectorConfig config) {
        InetSocketAddress address = config.listen().getFirst();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new ApiException(ErrorCode.CONFLICT, "Port " + address + " is in use: the director seems to run.", "Stop it first.", e);
        }
    }
}
