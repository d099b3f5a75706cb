package eu.conpaas.service.java.internal;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.web.plan.HostingPlanner;

/** What changes of a Java service mean: the same as for all web hosting. */
public final class JavaPlanner extends HostingPlanner {
    public JavaPlanner(ServiceDescriptor descriptor) {
        super(descriptor, JavaHosting.KIND);
    }
}
