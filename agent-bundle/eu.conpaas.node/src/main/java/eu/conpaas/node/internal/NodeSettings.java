package eu.conpaas.node.internal;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the machine tells the node process, by environment variables.
 *
 * @param folder       {@code CONPAAS_NODE_DIR}: where the node keeps everything
 * @param bootstrap    {@code CONPAAS_BOOTSTRAP}: file with the bootstrap document
 * @param product      {@code CONPAAS_PRODUCT}: the unpacked node product
 * @param address      {@code CONPAAS_ADDRESS}: address to listen on, or null to take the one the director is reached from
 * @param sharedFolder {@code CONPAAS_SHARED}: folder all nodes of the service share, or null
 * @param token        {@code CONPAAS_NODE_TOKEN}: marks this node's processes, or null
 * @param local        whether it is a node of the local cloud ({@code CONPAAS_ISOLATION} is set), on somebody's own machine
 */
record NodeSettings(Path folder, Path bootstrap, Path product, String address, String sharedFolder, String token, boolean local) {
    static NodeSettings of(Map<String, String> env) {
        Path folder = Path.of(env.getOrDefault("CONPAAS_NODE_DIR", "/var/lib/conpaas"));
        return new NodeSettings(folder, Path.of(env.getOrDefault("CONPAAS_BOOTSTRAP", folder.resolve("bootstrap.json").toString())),
                Path.of(env.getOrDefault("CONPAAS_PRODUCT", "/opt/conpaas-node")), env.get("CONPAAS_ADDRESS"), env.get("CONPAAS_SHARED"),
                env.get("CONPAAS_NODE_TOKEN"), env.containsKey("CONPAAS_ISOLATION"));
    }

    /** The address to listen on. */
    String address(String director) {
        if (address != null) {
            return address;
        }
        URI uri = URI.create(director);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException e) {
            throw new IllegalStateException("no address of this machine leads to " + director + ": " + e.getMessage(), e);
        }
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new IllegalStateException("/proc is not there", e);
        }
    }
}
