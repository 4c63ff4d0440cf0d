package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the node, its pods and their containers used until one moment.
 *
 * @param started when the containers that run began, by their id
 */
public record UsageReading(
        StatsSummary.NodeUse node,
        List<SandboxStats> sandboxes,
        List<ContainerStats> containers,
        Map<String, Instant> started) {
    /** Of earlier tries there is nothing to measure, and they have the same labels. */
    List<ContainerStats> running() {
        return containers.stream().filter(each -> started.containsKey(each.id())).toList();
    }
}
