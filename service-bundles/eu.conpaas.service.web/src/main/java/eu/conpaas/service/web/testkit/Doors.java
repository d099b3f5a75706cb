package eu.conpaas.service.web.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Tells when a site takes no new connections any more. */
public final class Doors {
    private Doors() {
    }

    /** Begins the change and waits until nobody gets in at the address. @return the change, which goes on */
    public static FutureTask<?> closed(String address, int port, Callable<?> change) throws Exception {
        FutureTask<?> task = new FutureTask<>(change);
        Thread.ofVirtual().start(task);
        while (open(address, port)) {
            if (task.isDone()) {
                task.get();
            }
            Thread.onSpinWait();
        }
        return task;
    }

    private static boolean open(String address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
