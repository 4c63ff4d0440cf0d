package dev.gantry.agent.status;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code resources} of a container's status: what it was allocated, or, where a cgroup can tell,
 * what it really has.
 *
 * <p>Compat: {@code convertContainerStatusResources} of {@code pkg/kubelet/kubelet_pods.go}.
 * Requests of memory are in no cgroup; and below a certain amount all values are the same to one,
 * so that what was allocated is shown.
 */
final class ContainerResources {
    private ContainerResources() {}

    /**
     * @param actual empty where the container does not run, or the runtime does not tell
     */
    static ObjectNode of(JsonNode allocated, Optional<LinuxResources> actual) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        for (String side : List.of("limits", "requests")) {
            if (allocated.path(side).isObject()) {
                made.set(side, allocated.path(side).deepCopy());
            }
        }
        actual.ifPresent(has -> correct(made, has));
        return made;
    }

    private static void correct(ObjectNode made, LinuxResources actual) {
        if (made.path("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
            long cpu = ResourceLimits.milliCpuOfQuota(actual);
            putCpu(limits, cpu, ResourceLimits.LEAST_MILLI_CPU_LIMIT);
            if (actual.memoryLimitBytes() > 0) {
                limits.put("memory", Quantity.ofBytes(actual.memoryLimitBytes()).toString());
            }
        }
        if (made.path("requests") instanceof ObjectNode requests && !requests.isEmpty()) {
            long cpu = ResourceLimits.milliCpuOfShares(actual.cpuShares());
            putCpu(requests, cpu, ResourceLimits.LEAST_MILLI_CPU_REQUEST);
        }
    }

    private static void putCpu(ObjectNode amounts, long milliCpu, long least) {
        long allocated =
                Quantity.parse(amounts.path("cpu").asString("0")).map(Quantity::toMilli).orElse(0L);
        if (milliCpu > 0 && (milliCpu > least || allocated > least)) {
            amounts.put("cpu", Quantity.ofMilli(milliCpu).toString());
        }
    }
}
