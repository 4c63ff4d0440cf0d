package dev.gantry.client.shell.event;

import dev.gantry.client.event.EventCorrelator;
import dev.gantry.client.event.EventWrite;
import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes occurrences from any thread, and writes them as core v1 Events in order. */
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int QUEUED = 2000;

    private final ClusterApi api;
    private final EventCorrelator correlator = new EventCorrelator();
    private final BlockingQueue<Occurrence> queue = new LinkedBlockingQueue<>(QUEUED);
    private final Loop loop;

    public EventRecorder(String name, ClusterApi api) {
        this.api = api;
        this.loop = new Loop(name + "-events", this::run);
    }

    public EventRecorder start() {
        loop.start();
        return this;
    }

    /** Never blocks: when too many wait already, this one is lost. */
    public void record(Occurrence occurrence) {
        if (!queue.offer(occurrence)) {
            LOG.debug("Dropped {}", occurrence);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            Occurrence next = queue.take();
            var write = correlator.correlate(next, Instant.now());
            if (write.isPresent()) {
                write(write.get());
            }
        }
    }

    private void write(EventWrite write) {
        try {
            switch (write) {
                case EventWrite.Create create -> api.create(Resources.EVENTS, create.event());
                case EventWrite.Repeat repeat -> repeat(repeat);
            }
        } catch (ApiRefused | ApiUnreachable fault) {
            LOG.debug("Event was not written: {}", fault.getMessage());
        }
    }

    private void repeat(EventWrite.Repeat repeat) {
        try {
            api.mergePatch(repeat.key(), "", repeat.patch());
        } catch (ApiRefused refused) {
            if (!refused.isMissing()) {
                throw refused;
            }
            api.create(Resources.EVENTS, repeat.whole());
        }
    }
}
