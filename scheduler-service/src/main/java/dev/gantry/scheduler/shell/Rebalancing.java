package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.scheduler.shell.rebalance.Rebalancer;
import java.util.Optional;

/** What moves pods that are placed, where it is switched on. */
record Rebalancing(Optional<Rebalancer> rebalancer, Optional<EventRecorder> events)
        implements AutoCloseable {
    static final Rebalancing OFF = new Rebalancing(Optional.empty(), Optional.empty());

    void start() {
        events.ifPresent(EventRecorder::start);
        rebalancer.ifPresent(Rebalancer::start);
    }

    @Override
    public void close() {
        rebalancer.ifPresent(Rebalancer::close);
        events.ifPresent(EventRecorder::close);
    }
}
