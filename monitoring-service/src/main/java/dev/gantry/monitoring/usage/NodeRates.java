package dev.gantry.monitoring.usage;

import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import dev.gantry.model.message.Usage.ContainerUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node and its pods used between two samples.
 *
 * @param at when the later sample was taken
 * @param window from the earlier sample to the later one
 * @param pods by uid
 */
public record NodeRates(
        Instant at, Duration window, Rate whole, Map<String, List<ContainerRate>> pods) {

    /**
     * The samples' counters count from the start of each container: one that is new, or counts less
     * than before since its container was restarted, has counted since then.
     *
     * <p>The node's processors are the sum of its containers': the counter of the whole goes back
     * when a pod ends.
     */
    static NodeRates between(Usage earlier, Usage later) {
        Map<String, Long> before = new HashMap<>();
        earlier.containers().forEach(each -> before.put(key(each), each.used().cpuNanosTotal()));
        Duration window = Duration.between(earlier.at(), later.at());
        Map<String, List<ContainerRate>> pods = new HashMap<>();
        long cores = 0;
        for (ContainerUsage each : later.containers()) {
            Rate rate = rate(each.used(), before.getOrDefault(key(each), 0L), window);
            cores += rate.nanoCores();
            pods.computeIfAbsent(each.uid().value(), _ -> new ArrayList<>(1))
                    .add(new ContainerRate(each.container(), rate));
        }
        var whole = new Rate(cores, later.whole().memoryWorkingSetBytes());
        return new NodeRates(later.at(), window, whole, pods);
    }

    private static Rate rate(Consumption used, long nanosBefore, Duration window) {
        long counted = used.cpuNanosTotal();
        long nanos = counted < nanosBefore ? counted : counted - nanosBefore;
        return new Rate(Math.round(nanos * 1e9 / window.toNanos()), used.memoryWorkingSetBytes());
    }

    private static String key(ContainerUsage container) {
        return container.uid().value() + "/" + container.container();
    }
}
