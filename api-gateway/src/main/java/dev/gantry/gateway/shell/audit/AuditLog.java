package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events from any thread and writes them from one. */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 20_000;
    private static final long MOST_WAITING_BYTES = 32L << 20;
    private static final int BATCH = 1_000;

    private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final RotatedFile file;
    private final Loop loop = new Loop("gateway-audit", this::write);

    public AuditLog(Path path) {
        this.file = new RotatedFile(path);
    }

    public AuditLog start() {
        loop.start();
        return this;
    }

    /** Bodies are left out where too many are waiting already: the entries count for more. */
    public void add(AuditEvent event) {
        AuditEvent held = event;
        if (held.bodyBytes() > 0 && waitingBytes.addAndGet(held.bodyBytes()) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-held.bodyBytes());
            held = held.withoutBodies();
        }
        if (!waiting.offer(held)) {
            waitingBytes.addAndGet(-held.bodyBytes());
            dropped.increment();
        }
    }

    /** Writes what is still waiting. */
    @Override
    public void close() {
        loop.close();
        List<AuditEvent> rest = new ArrayList<>();
        waiting.drainTo(rest);
        try (file) {
            file.append(lines(rest));
        } catch (IOException fault) {
            LOG.error("{} audit entries are lost", rest.size(), fault);
        }
    }

    private void write() throws InterruptedException, IOException {
        List<AuditEvent> batch = new ArrayList<>();
        while (!loop.isClosed()) {
            AuditEvent first = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, BATCH);
                file.append(lines(batch));
                batch.clear();
            }
            long lost = dropped.sumThenReset();
            if (lost > 0) {
                LOG.warn("{} audit entries were dropped: the disk is too slow", lost);
            }
        }
    }

    private String lines(List<AuditEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (AuditEvent each : events) {
            lines.append(each.toTree()).append('\n');
            waitingBytes.addAndGet(-each.bodyBytes());
        }
        return lines.toString();
    }
}
