package dev.gantry.scheduler.snapshot.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pools by the node that alone can use them, and the others. Cost: most pools are of one node. */
public final class PoolIndex {
    private final Map<String, List<DevicePool>> byNode = new HashMap<>();
    private final List<DevicePool> others = new ArrayList<>();

    PoolIndex(Iterable<DeviceSlice> slices) {
        for (DevicePool each : DevicePool.listOf(slices)) {
            each.soleNode()
                    .map(node -> byNode.computeIfAbsent(node, _ -> new ArrayList<>()))
                    .orElse(others)
                    .add(each);
        }
    }

    /** Every pool of which the node may be able to use something, in the order of their names. */
    public List<DevicePool> of(String node) {
        List<DevicePool> all = new ArrayList<>(byNode.getOrDefault(node, List.of()));
        all.addAll(others);
        all.sort(Comparator.comparing(DevicePool::id));
        return all;
    }
}
