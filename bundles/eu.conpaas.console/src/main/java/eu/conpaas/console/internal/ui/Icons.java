package eu.conpaas.console.internal.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ImageRegistry;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Image;

import eu.conpaas.api.NodeState;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.console.model.Link;

/** The console's pictures, vectors, so that they are sharp at every size. */
public final class Icons {
    private static final String FOLDER = "/icons/";

    private Icons() {
    }

    /** The picture in {@code icons/NAME.svg}; shared, not to be disposed. */
    public static Image image(String name) {
        ImageRegistry registry = JFaceResources.getImageRegistry();
        String key = "eu.conpaas.console." + name;
        if (registry.getDescriptor(key) == null) {
            registry.put(key, descriptor(name));
        }
        return registry.get(key);
    }

    public static ImageDescriptor descriptor(String name) {
        return ImageDescriptor.createFromURL(Icons.class.getResource(FOLDER + name + ".svg"));
    }

    public static Image of(ServiceState state) {
        return image("state-" + switch (state) {
            case INIT -> "new";
            case RUNNING -> "running";
            case PROLOGUE, ADAPTING, EPILOGUE -> "changing";
            case STOPPED -> "stopped";
            case ERROR -> "error";
        });
    }

    public static Image of(NodeState state) {
        return image("state-" + switch (state) {
            case READY -> "running";
            case REQUESTED, BOOTING, LEAVING -> "changing";
            case ENDED -> "stopped";
            case FAILED, LOST -> "error";
        });
    }

    public static Image of(Link link) {
        return image("state-" + switch (link) {
            case OPEN -> "running";
            case CONNECTING -> "new";
            case BROKEN -> "changing";
            case CLOSED -> "stopped";
            case REFUSED -> "error";
        });
    }

    public static Image of(Operation.State state) {
        return image("state-" + switch (state) {
            case RUNNING, UNDOING -> "changing";
            case DONE -> "running";
            case UNDONE -> "stopped";
            case FAILED -> "error";
        });
    }
}
