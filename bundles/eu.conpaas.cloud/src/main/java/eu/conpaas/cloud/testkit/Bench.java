package eu.conpaas.cloud.testkit;

import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.cloud.Vm;
import eu.conpaas.cloud.VmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Tools of the checks: orders, parallel calls, conditions. */
final class Bench {
    private final Subject subject;

    Bench(Subject subject) {
        this.subject = subject;
    }

    VmRequest order() {
        return order(null);
    }

    VmRequest order(String sharedFolder) {
        String token = "t-" + UUID.randomUUID();
        return new VmRequest(token, "conpaas-check", null, "{\"token\":\"" + token + "\"}", sharedFolder, false);
    }

    /** Runs all at the same time and gives their results. */
    static <T> List<T> together(int times, Callable<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** Waits for something that may lag behind. */
    void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + subject.patience().toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + subject.patience().toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Whether a VM is no more: unknown, or known as ended. */
    static boolean gone(Cloud cloud, String vmid) {
        try {
            return cloud.describe(vmid).state() == Vm.State.TERMINATED;
        } catch (CloudException e) {
            if (e.kind() == CloudException.Kind.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    static boolean lists(Cloud cloud, String vmid) {
        return cloud.list().stream().anyMatch(vm -> vm.id().equals(vmid) && vm.state() != Vm.State.TERMINATED);
    }

    static void refused(CloudException.Kind kind, Runnable call) {
        try {
            call.run();
        } catch (CloudException e) {
            same("kind of the refusal (" + e.getMessage() + ")", kind, e.kind());
            return;
        }
        throw new AssertionError("expected " + kind + ", but the call succeeded");
    }

    static void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", was " + actual);
        }
    }

    static void that(String what, boolean condition) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
