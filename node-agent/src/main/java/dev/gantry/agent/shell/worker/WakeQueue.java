package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.shell.volume.VolumeFault;
import dev.gantry.client.queue.Backoff;
import dev.gantry.client.queue.WorkQueue;
import dev.gantry.client.shell.loop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that need a look, each looked at by one virtual thread at a time, without polling.
 *
 * <p>A look that throws is repeated after a back-off.
 */
public final class WakeQueue<K> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeQueue.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final String name;
    private final InstantSource clock;
    private final Consumer<K> look;
    private final WorkQueue<K> queue = new WorkQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Loop loop;

    public WakeQueue(String name, InstantSource clock, Consumer<K> look) {
        this.name = name;
        this.clock = clock;
        this.look = look;
        this.loop = new Loop(name, this::run);
    }

    public WakeQueue<K> start() {
        loop.start();
        return this;
    }

    public void wake(K key) {
        locked(() -> queue.add(key));
    }

    public void wakeAt(K key, Instant when) {
        locked(() -> queue.addAt(key, when));
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            K key = next();
            Thread.ofVirtual().name(name + "-" + key).start(() -> work(key));
        }
    }

    private K next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<K> due = queue.take(clock.instant());
                if (due.isPresent()) {
                    return due.get();
                }
                Optional<Instant> wakeUp = queue.nextWakeUp();
                if (wakeUp.isEmpty()) {
                    changed.await();
                } else {
                    long nanos = Duration.between(clock.instant(), wakeUp.get()).toNanos();
                    changed.await(Math.max(1, nanos), TimeUnit.NANOSECONDS);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void work(K key) {
        try {
            look.accept(key);
            locked(() -> queue.done(key));
        } catch (RuntimeFault | EdgeFault | VolumeFault fault) {
            LOG.warn("{}: {} failed and is tried again: {}", name, key, fault.getMessage());
            locked(() -> queue.failed(key, BACKOFF, clock.instant()));
        } catch (RuntimeException fault) {
            LOG.warn("{}: {} failed and is tried again", name, key, fault);
            locked(() -> queue.failed(key, BACKOFF, clock.instant()));
        } catch (Error bug) {
            LOG.error("{}: {} met a bug: halting", name, key, bug);
            Runtime.getRuntime().halt(70);
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
