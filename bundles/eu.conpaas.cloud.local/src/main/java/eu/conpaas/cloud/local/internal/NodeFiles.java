package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.CloudException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Folders of this machine that nodes get to see.
 *
 * @param product the node product
 * @param shared  parent of the shared folders
 * @param visible further folders, read-only
 */
record NodeFiles(Path product, Path shared, List<Path> visible) {
    /** @throws CloudException BAD_REQUEST if there is no node product to start */
    void requireProduct() {
        if (!Files.isExecutable(product.resolve("bin/conpaas-node"))) {
            throw new CloudException(CloudException.Kind.BAD_REQUEST, "no node product: " + product + "/bin/conpaas-node is missing");
        }
    }

    Path sharedFolder(String key) {
        return shared.resolve(key);
    }
}
