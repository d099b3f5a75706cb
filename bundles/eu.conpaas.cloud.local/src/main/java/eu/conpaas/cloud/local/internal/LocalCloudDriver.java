package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudConfig;
import eu.conpaas.cloud.CloudDriver;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The driver {@code local}. */
@Component(service = CloudDriver.class)
public final class LocalCloudDriver implements CloudDriver {
    @Override
    public String id() {
        return "local";
    }

    @Override
    public Cloud open(CloudConfig config) {
        return new LocalCloud(config, LocalOptions.of(config.options()));
    }

    @Override
    public Map<String, String> keys() {
        return LocalOptions.KEYS;
    }
}
