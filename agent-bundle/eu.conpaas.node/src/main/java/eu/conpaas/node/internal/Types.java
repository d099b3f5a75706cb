package eu.conpaas.node.internal;

import eu.conpaas.service.ServiceType;
import eu.conpaas.service.manager.ManagerAddOn;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Finds what bundles offer to nodes: the one service type the node needs (the components of the others are not even made), and add-ons for managers. */
final class Types implements Node.TypeFinder {
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(30);

    private final BundleContext bundles;

    Types(BundleContext bundles) {
        this.bundles = bundles;
    }

    @Override
    public Runnable follow(Consumer<ManagerAddOn> taker) {
        ServiceTracker<ManagerAddOn, ManagerAddOn> tracker = new ServiceTracker<>(bundles, ManagerAddOn.class, null) {
            @Override
            public ManagerAddOn addingService(ServiceReference<ManagerAddOn> reference) {
                ManagerAddOn addOn = super.addingService(reference);
                if (addOn != null) {
                    taker.accept(addOn);
                }
                return addOn;
            }
        };
        tracker.open();
        return tracker::close;
    }

    /** @throws IllegalStateException if this product has no such service type */
    @Override
    public ServiceType find(String type) throws InterruptedException {
        if (!type.matches("[a-z][a-z0-9_-]*")) {
            throw new IllegalStateException("not a service type: " + type);
        }
        try {
            ServiceTracker<ServiceType, ServiceType> tracker = new ServiceTracker<>(bundles,
                    bundles.createFilter("(&(objectClass=" + ServiceType.class.getName() + ")(type=" + type + "))"), null);
            tracker.open();
            ServiceType found = tracker.getTrackingCount() == 0 ? other(type) : null;
            found = found != null ? found : tracker.waitForService(PATIENCE_MS);
            if (found == null) {
                throw new IllegalStateException("this release of the node product has no service type '" + type + "'");
            }
            return found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One whose component does not say its type in a property. */
    private ServiceType other(String type) throws InvalidSyntaxException {
        for (ServiceReference<ServiceType> reference : bundles.getServiceReferences(ServiceType.class, "(!(type=*))")) {
            ServiceType candidate = bundles.getService(reference);
            if (candidate != null && candidate.descriptor().id().equals(type)) {
                return candidate;
            }
        }
        return null;
    }
}
