package dev.gantry.state.shell.api.route;

import dev.gantry.state.shell.api.reply.GatewayVerdicts;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Does the same to many things side by side, in their order, until it fails for one of them: what
 * has been begun then is finished, and nothing else is begun.
 *
 * @param most how many at once
 */
record Workers(int most) {
    @FunctionalInterface
    interface Task<T> {
        void perform(T each) throws InterruptedException;
    }

    /** Throws what the task threw. */
    <T> void perform(List<T> all, Task<T> task) throws InterruptedException {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(all);
        Callable<Boolean> worker = () -> work(waiting, task);
        int count = Math.min(most, all.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> judged = GatewayVerdicts.carried(worker);
            for (var each : threads.invokeAll(Collections.nCopies(count, judged))) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("a worker failed", failed);
        }
    }

    private static <T> boolean work(Queue<T> waiting, Task<T> task) throws InterruptedException {
        boolean isWell = false;
        try {
            for (T each = waiting.poll(); each != null; each = waiting.poll()) {
                task.perform(each);
            }
            isWell = true;
        } finally {
            if (!isWell) {
                waiting.clear();
            }
        }
        return isWell;
    }
}
