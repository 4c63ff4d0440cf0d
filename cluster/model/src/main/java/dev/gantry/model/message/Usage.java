package dev.gantry.model.message;

import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the containers of one node use. Cumulative cpu, so that readers choose their own window. */
public record Usage(String node, Instant at, Consumption whole, List<ContainerUsage> containers) {
    public record Consumption(
            long cpuNanosTotal,
            long memoryWorkingSetBytes,
            long networkInBytes,
            long networkOutBytes) {}

    public record ContainerUsage(
            String namespace, String pod, Uid uid, String container, Consumption used) {
        public ContainerUsage {
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(pod, "pod");
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(container, "container");
            Objects.requireNonNull(used, "used");
        }
    }

    public Usage {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(whole, "whole");
        containers = List.copyOf(containers);
    }
}
