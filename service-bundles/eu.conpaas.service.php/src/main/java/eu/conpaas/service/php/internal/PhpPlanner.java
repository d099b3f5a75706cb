package eu.conpaas.service.php.internal;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.web.plan.HostingPlanner;

/** What changes of a PHP service mean. */
public final class PhpPlanner extends HostingPlanner {
    public PhpPlanner(ServiceDescriptor descriptor) {
        super(descriptor, Php.KIND);
    }

    @Override
    public Change change(ChangeRequest request, DesiredState now) {
        return new PhpChanges(descriptor(), request, now).change();
    }
}
