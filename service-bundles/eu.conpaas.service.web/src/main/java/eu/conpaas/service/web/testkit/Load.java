package eu.conpaas.service.web.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Requests the same page over and over on several connections until closed, and notes each failure. */
public final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean stop;

    /** @param check gives what is wrong with an answer, or null */
    public Load(String address, int port, String path, int connections, boolean keepAlive, Function<Http.Answer, String> check) {
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> run(new Http(address, port), path, keepAlive, check)));
        }
    }

    private void run(Http http, String path, boolean keepAlive, Function<Http.Answer, String> check) {
        while (!stop) {
            try {
                Http.Answer answer = http.get(path);
                String wrong = check.apply(answer);
                if (wrong != null) {
                    failures.add(wrong);
                }
                served.incrementAndGet();
                if (!keepAlive) {
                    http.close();
                }
            } catch (IOException e) {
                failures.add(e.toString());
                stop = true;
            }
        }
    }

    public int served() {
        return served.get();
    }

    public Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
