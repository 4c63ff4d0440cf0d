package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.device.DeviceId;
import dev.gantry.model.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;

/** Which devices claims have, whole or in part. Kept up to date by the book that owns it. */
public final class Taken {
    private final Map<DeviceId, Integer> whole = new HashMap<>();
    private final Map<DeviceId, Integer> parts = new HashMap<>();
    private final Map<DeviceId, Map<String, Quantity>> portions = new HashMap<>();

    public boolean isWhole(DeviceId device) {
        return whole.containsKey(device);
    }

    /** Whether any claim has the device or a part of it. */
    public boolean isUsed(DeviceId device) {
        return whole.containsKey(device) || parts.containsKey(device);
    }

    public boolean isShared(DeviceId device) {
        return parts.containsKey(device);
    }

    /** What is taken of a shared device's capacity. */
    public Quantity portion(DeviceId device, String capacity) {
        return portions.getOrDefault(device, Map.of()).getOrDefault(capacity, Quantity.ZERO);
    }

    void add(Allocation allocation) {
        for (Allocation.Share each : allocation.shares()) {
            if (each.isWhole()) {
                whole.merge(each.device(), 1, Integer::sum);
            } else if (!each.portions().isEmpty()) {
                parts.merge(each.device(), 1, Integer::sum);
                Map<String, Quantity> sums =
                        portions.computeIfAbsent(each.device(), _ -> new HashMap<>());
                each.portions().forEach((name, v) -> sums.merge(name, v, Quantity::plus));
            }
        }
    }

    void remove(Allocation allocation) {
        for (Allocation.Share each : allocation.shares()) {
            if (each.isWhole()) {
                whole.computeIfPresent(each.device(), (_, count) -> count == 1 ? null : count - 1);
            } else if (!each.portions().isEmpty()) {
                parts.computeIfPresent(each.device(), (_, count) -> count == 1 ? null : count - 1);
                Map<String, Quantity> sums = portions.getOrDefault(each.device(), Map.of());
                each.portions()
                        .forEach(
                                (name, v) -> sums.computeIfPresent(name, (_, sum) -> sum.minus(v)));
                if (!parts.containsKey(each.device())) {
                    portions.remove(each.device());
                }
            }
        }
    }
}
