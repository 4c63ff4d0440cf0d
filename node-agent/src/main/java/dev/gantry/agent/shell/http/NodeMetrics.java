package dev.gantry.agent.shell.http;

import dev.gantry.agent.node.Machine;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the agent's parts have counted, and what they know of the node.
 *
 * @param parts of {@code /metrics}; each writes families that no other part has
 * @param probes writes {@code /metrics/probes}
 * @param cgroupRoot below which the cgroups of pods are
 */
public record NodeMetrics(
        List<Consumer<StringBuilder>> parts,
        Consumer<StringBuilder> probes,
        String cgroupRoot,
        Machine machine) {}
