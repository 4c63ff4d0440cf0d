package dev.gantry.bench.rounds;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be undone, last first: once, at the end or when somebody presses Ctrl-C. */
public final class Cleanup implements AutoCloseable {
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::run);

    public Cleanup() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** One thing to undo. */
    public interface Step {
        void undo() throws Exception;
    }

    public synchronized void add(Step step) {
        steps.push(step);
    }

    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            System.err.println("gantry bench: interrupted, and cleaned up");
        }
    }

    private synchronized void run() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().undo();
            } catch (Exception failed) {
                System.err.println("gantry bench: cleaning up failed: " + failed.getMessage());
            }
        }
    }
}
