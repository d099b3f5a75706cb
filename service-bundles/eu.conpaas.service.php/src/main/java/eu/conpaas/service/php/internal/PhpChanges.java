package eu.conpaas.service.php.internal;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.web.plan.HostingChanges;

/** Debug mode, beside what all web hosting services can do. */
final class PhpChanges extends HostingChanges {
    private static final String DEBUG = "display_errors";

    PhpChanges(ServiceDescriptor descriptor, ChangeRequest request, DesiredState now) {
        super(descriptor, Php.KIND, request, now);
    }

    @Override
    public Change change() {
        return switch (request.method()) {
            case "toggle_debug" -> set(DEBUG, value(DEBUG).equals("On") ? "Off" : "On");
            case "set_debug" -> set(DEBUG, request.text("state").equalsIgnoreCase("on") ? "On" : "Off");
            default -> super.change();
        };
    }
}
