package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes events from any thread, and has one of its own write them.
 *
 * <p>Invariant: no request waits for a backend. Events that come while it is too slow are dropped
 * and counted. Compat: {@code apiserver/plugin/pkg/audit/buffered}.
 */
final class BufferedBackend implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long MOST_WAITING_BYTES = 32L << 20;
    private static final String DROPPED = "buffered";

    private final AuditBackend backend;
    private final BatchLimits limits;
    private final AuditCounts counts;
    private final BlockingQueue<AuditEvent> waiting;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final List<AuditEvent> batch = new ArrayList<>();
    private final Loop loop;

    BufferedBackend(AuditBackend backend, BatchLimits limits, AuditCounts counts) {
        this.backend = backend;
        this.limits = limits;
        this.counts = counts;
        this.waiting = new ArrayBlockingQueue<>(limits.waiting());
        this.loop = new Loop("gateway-audit-" + backend.name(), this::run);
    }

    BufferedBackend start() {
        loop.start();
        return this;
    }

    /** Bodies are left out where too many are waiting already: the events count for more. */
    void add(AuditEvent event) {
        AuditEvent held = event;
        if (held.bodyBytes() > 0 && waitingBytes.addAndGet(held.bodyBytes()) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-held.bodyBytes());
            held = held.withoutBodies();
        }
        if (!waiting.offer(held)) {
            waitingBytes.addAndGet(-held.bodyBytes());
            counts.addLost(DROPPED, 1, backend.name() + " is too slow");
        }
    }

    /** Writes what is still waiting. */
    @Override
    public void close() {
        loop.close();
        waiting.drainTo(batch);
        try (backend) {
            if (!batch.isEmpty()) {
                backend.writeLast(batch);
            }
        } catch (IOException | RuntimeException fault) {
            counts.addLost(backend.name(), batch.size(), fault.toString());
        }
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            collect();
            if (!batch.isEmpty()) {
                write();
            }
        }
    }

    private void collect() throws InterruptedException {
        AuditEvent first = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return;
        }
        batch.add(first);
        long end = System.nanoTime() + limits.longest().toNanos();
        waiting.drainTo(batch, limits.batch() - batch.size());
        while (batch.size() < limits.batch() && end - System.nanoTime() > 0) {
            AuditEvent next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next != null) {
                batch.add(next);
                waiting.drainTo(batch, limits.batch() - batch.size());
            }
        }
    }

    /** What an interrupt leaves is written by {@link #close()}. */
    private void write() throws InterruptedException {
        try {
            backend.write(List.copyOf(batch), loop);
        } catch (IOException | RuntimeException fault) {
            counts.addLost(backend.name(), batch.size(), fault.toString());
        }
        batch.forEach(each -> waitingBytes.addAndGet(-each.bodyBytes()));
        batch.clear();
    }
}
