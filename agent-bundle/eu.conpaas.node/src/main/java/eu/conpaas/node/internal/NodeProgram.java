package eu.conpaas.node.internal;

import java.io.IOException;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program of the node product. */
@Component(service = ToIntFunction.class, property = {"conpaas.main=node", "conpaas.train=true"})
public final class NodeProgram implements ToIntFunction<String[]> {
    private final BundleContext bundles;
    private volatile Node node;
    private volatile Thread main;

    @Activate
    public NodeProgram(BundleContext bundles) {
        this.bundles = bundles;
    }

    /** @return 0 when stopped, 1 if it could not run (it is started again by the machine's init) */
    @Override
    public int applyAsInt(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("train")) {
            return Rehearsal.run();
        }
        NodeSettings settings = NodeSettings.of(System.getenv());
        main = Thread.currentThread();
        node = new Node(settings, new Types(bundles));
        try {
            NodeLog.take(settings.folder().resolve("log/node.log"));
            node.run();
            return 0;
        } catch (InterruptedException e) {
            return 0;
        } catch (IOException | RuntimeException e) {
            log().error("the node cannot run: {}", e.getMessage(), e);
            return 1;
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(NodeProgram.class);
    }

    /** The process ends: lets go of everything; engines stay. */
    @Deactivate
    void stop() {
        Node running = node;
        if (running != null) {
            running.stop();
            main.interrupt();
        }
    }
}
