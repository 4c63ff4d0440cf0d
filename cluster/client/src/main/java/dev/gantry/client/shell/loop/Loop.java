package dev.gantry.client.shell.loop;

import dev.gantry.client.queue.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's life: a body that runs until closed, started again with a back-off when a fault ends
 * it. An Error (a Bug among them) halts the process: what is true afterwards is in the log, not
 * here.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    static {
        // A virtual thread that waits for a class to be initialized keeps its carrier. If all
        // carriers are kept so, and the initialization waits for a lock whose holder is a virtual
        // thread without a carrier, nothing ever moves again. By default there are as many carriers
        // as cores: on a small machine, two such threads at start were enough.
        if (System.getProperty(CARRIERS) == null) {
            int cores = Runtime.getRuntime().availableProcessors();
            System.setProperty(CARRIERS, Integer.toString(Math.max(16, cores)));
        }
    }

    /** What the thread does; returns when the loop is closed, throws on a fault. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    private final String name;
    private final Body body;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    public Loop(String name, Body body) {
        this.name = name;
        this.body = body;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::live);
    }

    public Loop start() {
        thread.start();
        return this;
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits, but no longer than until the loop is closed. Returns whether it still is open. */
    public boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the body to end and waits for it, at most five seconds. */
    @Override
    public void close() {
        closed.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * As {@link #close}, but lets the body finish what it is at, for at most {@code patience}: for
     * bodies that look at {@link #isClosed} often, and whose work an interrupt would break off.
     */
    public void closeGently(Duration patience) {
        closed.countDown();
        try {
            thread.join(patience);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void live() {
        int failures = 0;
        while (!isClosed()) {
            long began = System.nanoTime();
            try {
                body.run();
                return;
            } catch (InterruptedException closing) {
                if (isClosed()) {
                    return;
                }
            } catch (Exception fault) {
                if (isClosed()) {
                    return;
                }
                boolean wasSteady = System.nanoTime() - began > STEADY.toNanos();
                failures = wasSteady ? 1 : failures + 1;
                LOG.warn("{} failed, next try in {}", name, BACKOFF.delay(failures), fault);
                if (!pauseQuietly(BACKOFF.delay(failures))) {
                    return;
                }
            } catch (Error bug) {
                LOG.error("{} met a bug: halting", name, bug);
                Runtime.getRuntime().halt(70);
            }
        }
    }

    private boolean pauseQuietly(Duration time) {
        try {
            return pause(time);
        } catch (InterruptedException closing) {
            return !isClosed();
        }
    }
}
