package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.quantity.Quantity;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Resources as numbers that add up fast.
 *
 * @param extended all other resources (GPUs, huge pages), by name
 */
public record Amounts(
        long milliCpu, long memoryBytes, long ephemeralBytes, SortedMap<String, Long> extended) {
    public static Amounts of(SortedMap<String, Quantity> quantities) {
        long milliCpu = 0;
        long memoryBytes = 0;
        long ephemeralBytes = 0;
        SortedMap<String, Long> extended = new TreeMap<>();
        for (Map.Entry<String, Quantity> each : quantities.entrySet()) {
            switch (each.getKey()) {
                case "cpu" -> milliCpu = each.getValue().toMilli();
                case "memory" -> memoryBytes = each.getValue().toLong();
                case "ephemeral-storage" -> ephemeralBytes = each.getValue().toLong();
                case "pods" -> {} // counted, not summed
                default -> extended.put(each.getKey(), each.getValue().toLong());
            }
        }
        return new Amounts(milliCpu, memoryBytes, ephemeralBytes, extended);
    }
}
