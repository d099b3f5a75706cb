package eu.conpaas.node.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The release this node runs. */
final class Release {
    private Release() {
    }

    static String text() {
        Bundle bundle = FrameworkUtil.getBundle(Release.class);
        return bundle == null ? "development" : bundle.getVersion().toString();
    }
}
