package dev.gantry.agent.shell;

import dev.gantry.agent.shell.api.ClusterWatch;
import dev.gantry.agent.shell.api.NodeRegistration;
import dev.gantry.agent.shell.api.PodSource;
import dev.gantry.agent.shell.api.ReferenceRounds;
import dev.gantry.agent.shell.kafka.AssignmentFeed;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.agent.shell.node.PressureWatch;
import dev.gantry.agent.shell.node.NodeHeartbeat;
import dev.gantry.agent.shell.node.UsageMeter;
import dev.gantry.agent.shell.worker.EventWatch;
import dev.gantry.agent.shell.worker.PodWorkers;
import dev.gantry.client.shell.event.EventRecorder;

/**
 * The order in which the parts start and stop. Stopping leaves every container running.
 *
 * @param cluster nodes, Services and endpoint slices
 * @param references ConfigMaps and Secrets
 */
record NodeAgent(
        NetworkParts network,
        ClusterWatch cluster,
        ReferenceRounds references,
        NodeReports reports,
        EventRecorder events,
        PodWorkers workers,
        EventWatch containerEvents,
        PodSource pods,
        AssignmentFeed assignments,
        NodeRegistration registration,
        NodeHeartbeat heartbeat,
        PressureWatch pressure,
        UsageMeter usage)
        implements AutoCloseable {
    void start() {
        network.start();
        cluster.start();
        reports.start();
        events.start();
        registration.start();
        workers.start();
        containerEvents.start();
        pods.start();
        assignments.start();
        references.start();
        heartbeat.start();
        pressure.start();
        usage.start();
    }

    @Override
    public void close() {
        usage.close();
        pressure.close();
        heartbeat.close();
        references.close();
        assignments.close();
        pods.close();
        containerEvents.close();
        workers.close();
        registration.close();
        events.close();
        reports.close();
        cluster.close();
        network.close();
    }
}
