package dev.gantry.agent.shell.node;

import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.NodeConditions;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.node.NodeTree;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The node's heartbeats. */
public final class NodeHeartbeat implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final String node;
    private final Readiness readiness;
    private final NodeReports reports;
    private final Capacity capacity;
    private final Supplier<Pressure> pressure;
    private final InstantSource clock;
    private final Loop loop = new Loop("heartbeat", this::run);
    private long sequence;

    /** What the node is called, and what it has. */
    public record Body(String node, Capacity capacity) {}

    public NodeHeartbeat(
            Body body,
            Readiness readiness,
            NodeReports reports,
            Supplier<Pressure> pressure,
            InstantSource clock) {
        this.node = body.node();
        this.capacity = body.capacity();
        this.readiness = readiness;
        this.reports = reports;
        this.pressure = pressure;
        this.clock = clock;
    }

    public NodeHeartbeat start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        do {
            beat();
        } while (loop.pause(BEAT));
    }

    private void beat() throws InterruptedException {
        Instant now = clock.instant();
        RuntimeHealth health = readiness.lookWithin(BEAT);
        reports.beat(
                new Heartbeat(
                        node,
                        sequence++,
                        now,
                        NodeConditions.of(health, pressure.get(), now),
                        NodeTree.amounts(capacity.whole()),
                        NodeTree.amounts(capacity.allocatable())));
    }
}
