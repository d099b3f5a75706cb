package eu.conpaas.cloud.local.internal;

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
    Path sharedFolder(String key) {
        return shared.resolve(key);
    }
}
