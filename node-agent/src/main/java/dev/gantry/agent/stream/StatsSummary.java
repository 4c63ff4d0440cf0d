package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.model.condition.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pods and containers use, as {@code /stats/summary} shows it.
 *
 * <p>Compat: the fields of kubelet's {@code stats/v1alpha1} that monitoring tools read.
 */
public final class StatsSummary {
    private StatsSummary() {}

    /** Cumulative use of processors at some time. */
    public record Sample(Instant at, long cpuNanosTotal) {
        /** Zero where the two samples say nothing about the time between them. */
        long nanoCoresSince(Sample before) {
            long nanos = Duration.between(before.at, at).toNanos();
            long used = cpuNanosTotal - before.cpuNanosTotal;
            return nanos <= 0 || used < 0 ? 0 : (long) (used * 1e9 / nanos);
        }
    }

    /** What the node as a whole uses. */
    public record NodeUse(Sample cpu, long memoryUsedBytes, long memoryAvailableBytes) {}

    /**
     * @param before the last samples by container id, for rates; the node's is under its own name
     */
    public static ObjectNode of(
            String node,
            NodeUse use,
            List<SandboxStats> sandboxes,
            List<ContainerStats> containers,
            Map<String, Sample> before) {
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        ObjectNode whole = summary.putObject("node").put("nodeName", node);
        cpu(whole, use.cpu(), before.getOrDefault(node, use.cpu()));
        whole.putObject("memory")
                .put("time", Conditions.timestamp(use.cpu().at()))
                .put("availableBytes", use.memoryAvailableBytes())
                .put("usageBytes", use.memoryUsedBytes())
                .put("workingSetBytes", use.memoryUsedBytes());
        SortedMap<String, ArrayNode> ofPods = new TreeMap<>();
        ArrayNode pods = summary.putArray("pods");
        for (SandboxStats each : sandboxes) {
            ofPods.put(each.name().uid(), pod(pods.addObject(), each));
        }
        for (ContainerStats each : containers) {
            ArrayNode ofPod = ofPods.get(each.podUid());
            if (ofPod != null) {
                var now = new Sample(each.at(), each.cpuNanosTotal());
                container(ofPod.addObject(), each, before.getOrDefault(each.id(), now));
            }
        }
        return summary;
    }

    private static ArrayNode pod(ObjectNode pod, SandboxStats stats) {
        pod.putObject("podRef")
                .put("name", stats.name().name())
                .put("namespace", stats.name().namespace())
                .put("uid", stats.name().uid());
        var now = new Sample(stats.at(), stats.cpuNanosTotal());
        cpu(pod, now, now);
        pod.putObject("memory")
                .put("time", Conditions.timestamp(stats.at()))
                .put("workingSetBytes", stats.memoryWorkingSetBytes());
        pod.putObject("network")
                .put("time", Conditions.timestamp(stats.at()))
                .put("name", "eth0")
                .put("rxBytes", stats.receivedBytes())
                .put("txBytes", stats.sentBytes());
        return pod.putArray("containers");
    }

    private static void container(ObjectNode container, ContainerStats stats, Sample before) {
        container.put("name", stats.name());
        cpu(container, new Sample(stats.at(), stats.cpuNanosTotal()), before);
        container
                .putObject("memory")
                .put("time", Conditions.timestamp(stats.at()))
                .put("usageBytes", stats.memoryUsageBytes())
                .put("workingSetBytes", stats.memoryWorkingSetBytes())
                .put("rssBytes", stats.memoryRssBytes());
        container.putObject("rootfs").put("usedBytes", stats.writableLayerBytes());
    }

    private static void cpu(ObjectNode owner, Sample now, Sample before) {
        owner.putObject("cpu")
                .put("time", Conditions.timestamp(now.at()))
                .put("usageNanoCores", now.nanoCoresSince(before))
                .put("usageCoreNanoSeconds", now.cpuNanosTotal());
    }
}
