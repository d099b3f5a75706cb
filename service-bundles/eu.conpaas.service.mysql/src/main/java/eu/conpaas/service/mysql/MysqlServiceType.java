package eu.conpaas.service.mysql;

import eu.conpaas.service.ServiceType;
import eu.conpaas.service.plan.DescriptorReader;
import org.osgi.service.component.annotations.Component;

/** The door of the bundle. */
@Component(service = ServiceType.class, property = "type=mysql")
public final class MysqlServiceType extends DatabaseType {
    public MysqlServiceType() {
        super(DescriptorReader.of(MysqlServiceType.class));
    }
}
