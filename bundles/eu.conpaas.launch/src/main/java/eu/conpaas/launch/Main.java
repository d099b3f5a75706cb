package eu.conpaas.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** The main class of the director's and the node's process. */
public final class Main {
    private static final int STOP_MILLIS = 20_000;
    private static final String[] TRAIN = {"train"};

    private Main() { }

    /**
     * Starts the framework, calls the program with the arguments and ends with its exit code; 70 when the product itself
     * is broken.
     */
    public static void main(String[] args) throws Exception {
        boolean train = Boolean.getBoolean("conpaas.train");
        Path home = Path.of(System.getProperty("conpaas.home", ".")).toAbsolutePath().normalize();
        Framework framework = started(home, train);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(framework)));
        int code;
        try (Program program = new Program(framework.getBundleContext())) {
            if (!train) {
                code = program.await().applyAsInt(args);
            } else {
                ToIntFunction<String[]> trainee = program.trainee();
                code = trainee == null ? 0 : trainee.applyAsInt(TRAIN);
            }
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            code = 70;
        }
        System.exit(code);
    }

    /** The framework's threads would keep a process alive that has nothing to do. */
    private static Framework started(Path home, boolean train) throws Exception {
        try {
            return new Installation(home, train).start();
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(70);
            throw e;
        }
    }

    private static void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            System.err.println("The framework did not stop cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
