package eu.conpaas.service.mysql;

import eu.conpaas.service.ServiceType;
import eu.conpaas.service.plan.DescriptorReader;
import org.osgi.service.component.annotations.Component;

/** The same under the name of 1.3.1 for a MySQL service in the mode {@code galera}. */
@Component(service = ServiceType.class, property = "type=galera")
public final class GaleraServiceType extends DatabaseType {
    public GaleraServiceType() {
        super(DescriptorReader.variant(GaleraServiceType.class, "galera.json"));
    }
}
