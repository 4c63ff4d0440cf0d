package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest generation of a pool.
 *
 * <p>Compat: {@code GatherPools}. No devices are taken from a pool that is incomplete (its driver
 * is about to publish the rest) or invalid (a name is there twice, or a counter is not).
 *
 * @param counters what there is of each shared counter, by its set and name
 */
public record DevicePool(
        String driver,
        String name,
        List<DeviceSlice> slices,
        Map<String, Map<String, Quantity>> counters,
        boolean isIncomplete,
        boolean isInvalid) {
    /** A device of the pool that can be used from some node. */
    public record Candidate(DevicePool pool, Device device, NodeChoice nodes) {}

    /** The only node from which any device of the pool can be used, where there is just one. */
    Optional<String> soleNode() {
        String found = "";
        for (DeviceSlice each : slices) {
            String node = each.isPerDevice() ? "" : each.nodes().node();
            boolean isMore = node.isEmpty() || !(found.isEmpty() || found.equals(node));
            if (isMore && !(each.devices().isEmpty() && !each.isPerDevice())) {
                return Optional.empty();
            }
            found = node.isEmpty() ? found : node;
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** In the order of the pool's slices. */
    public List<Candidate> usableFrom(String node, Map<String, String> labels) {
        List<Candidate> found = new ArrayList<>();
        for (DeviceSlice slice : slices) {
            if (!slice.isPerDevice() && !slice.nodes().includes(node, labels)) {
                continue;
            }
            for (Device device : slice.devices()) {
                NodeChoice nodes = slice.nodesOf(device);
                if (!slice.isPerDevice() || nodes.includes(node, labels)) {
                    found.add(new Candidate(this, device, nodes));
                }
            }
        }
        return found;
    }

    public String id() {
        return driver + "/" + name;
    }

    /**
     * @param slices by name
     */
    static List<DevicePool> listOf(Iterable<DeviceSlice> slices) {
        Map<String, List<DeviceSlice>> byPool = new TreeMap<>();
        for (DeviceSlice each : slices) {
            List<DeviceSlice> newest =
                    byPool.computeIfAbsent(
                            each.driver() + "/" + each.pool(), _ -> new ArrayList<>());
            if (!newest.isEmpty() && newest.getFirst().generation() < each.generation()) {
                newest.clear();
            }
            if (newest.isEmpty() || newest.getFirst().generation() == each.generation()) {
                newest.add(each);
            }
        }
        return byPool.values().stream().map(DevicePool::of).toList();
    }

    private static DevicePool of(List<DeviceSlice> slices) {
        DeviceSlice first = slices.getFirst();
        Map<String, Map<String, Quantity>> counters = new HashMap<>();
        for (DeviceSlice slice : slices) {
            slice.shared().forEach(each -> counters.put(each.set(), each.amounts()));
        }
        return new DevicePool(
                first.driver(),
                first.pool(),
                List.copyOf(slices),
                counters,
                slices.size() != first.slices(),
                isInvalid(slices, counters));
    }

    private static boolean isInvalid(
            List<DeviceSlice> slices, Map<String, Map<String, Quantity>> counters) {
        Set<String> names = new HashSet<>();
        for (DeviceSlice slice : slices) {
            for (Device device : slice.devices()) {
                boolean isKnown =
                        device.consumed().stream()
                                .allMatch(
                                        each ->
                                                counters.getOrDefault(each.set(), Map.of())
                                                        .keySet()
                                                        .containsAll(each.amounts().keySet()));
                if (!isKnown || !names.add(device.id().device())) {
                    return true;
                }
            }
        }
        return false;
    }
}
