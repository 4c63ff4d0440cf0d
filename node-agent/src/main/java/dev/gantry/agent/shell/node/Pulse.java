package dev.gantry.agent.shell.node;

import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.NodeConditions;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.agent.node.NodeTree;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The node's heartbeats. */
public final class Pulse implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final String node;
    private final ContainerRuntime runtime;
    private final NodeReports reports;
    private final Capacity capacity;
    private final Supplier<Pressure> pressure;
    private final InstantSource clock;
    private final Loop loop = new Loop("heartbeat", this::run);
    private long sequence;

    /** What the node is called, and what it has. */
    public record Body(String node, Capacity capacity) {}

    public Pulse(
            Body body,
            ContainerRuntime runtime,
            NodeReports reports,
            Supplier<Pressure> pressure,
            InstantSource clock) {
        this.node = body.node();
        this.capacity = body.capacity();
        this.runtime = runtime;
        this.reports = reports;
        this.pressure = pressure;
        this.clock = clock;
    }

    public Pulse start() {
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

    private void beat() {
        Instant now = clock.instant();
        reports.beat(
                new Heartbeat(
                        node,
                        sequence++,
                        now,
                        NodeConditions.of(health(), pressure.get(), now),
                        NodeTree.amounts(capacity.whole()),
                        NodeTree.amounts(capacity.allocatable())));
    }

    /** A runtime that does not answer is one that is not well: the node says so itself. */
    private RuntimeHealth health() {
        try {
            return runtime.health();
        } catch (RuntimeFault fault) {
            return new RuntimeHealth(false, fault.said(), false, fault.said());
        }
    }
}
