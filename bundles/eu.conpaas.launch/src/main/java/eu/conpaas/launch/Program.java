package eu.conpaas.launch;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** Finds the product's program among the framework's services. */
final class Program implements AutoCloseable {
    private static final String FILTER = "(&(objectClass=" + ToIntFunction.class.getName() + ")(conpaas.main=*))";
    private static final int WAIT_MILLIS = 30_000;

    private final BundleContext context;
    private final ServiceTracker<ToIntFunction<String[]>, ToIntFunction<String[]>> tracker;

    Program(BundleContext context) {
        this.context = context;
        try {
            tracker = new ServiceTracker<>(context, context.createFilter(FILTER), null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        tracker.open();
    }

    /** Waits until the program and all it needs are there; an IllegalStateException names what is not active after 30 s. */
    ToIntFunction<String[]> await() throws InterruptedException {
        ToIntFunction<String[]> program = tracker.waitForService(WAIT_MILLIS);
        if (program == null) {
            throw new IllegalStateException("The program did not start. Bundles that are not active: "
                + Arrays.stream(context.getBundles()).filter(Program::idle).map(Bundle::getSymbolicName)
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        return program;
    }

    /** The program if it can train the AOT cache (property conpaas.train=true), else null. */
    ToIntFunction<String[]> trainee() {
        var reference = tracker.getServiceReference();
        return reference != null && "true".equals(String.valueOf(reference.getProperty("conpaas.train")))
            ? tracker.getService() : null;
    }

    private static boolean idle(Bundle bundle) {
        return bundle.getState() != Bundle.ACTIVE && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null;
    }

    @Override
    public void close() {
        tracker.close();
    }
}
