package eu.conpaas.service.php;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.php.internal.plan.PhpPlanner;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;

/** The door of the bundle. */
public final class PhpServiceType {
    private final ServiceDescriptor descriptor = DescriptorReader.of(PhpServiceType.class);
    private final ServicePlanner planner = new PhpPlanner(descriptor);

    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    public ServicePlanner planner() {
        return planner;
    }
}
