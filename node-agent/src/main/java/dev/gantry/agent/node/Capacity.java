package dev.gantry.agent.node;

import dev.gantry.model.quantity.Quantity;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a node has, and what of it pods may ask for. */
public record Capacity(SortedMap<String, Quantity> whole, SortedMap<String, Quantity> allocatable) {
    /** Compat: kubelet's default number of pods, and its hard eviction threshold for memory. */
    private static final long PODS = 110;

    private static final long RESERVED_MEMORY_BYTES = 100L << 20;

    /**
     * @param cpu in cores, instead of the machine's
     * @param memory instead of the machine's
     */
    public static Capacity of(Machine machine, Optional<String> cpu, Optional<String> memory) {
        SortedMap<String, Quantity> whole = new TreeMap<>();
        whole.put(
                "cpu",
                cpu.flatMap(Quantity::parse).orElse(Quantity.ofMilli(1000L * machine.cpus())));
        whole.put(
                "memory",
                memory.flatMap(Quantity::parse).orElse(Quantity.ofBytes(machine.memoryBytes())));
        whole.put("ephemeral-storage", Quantity.ofBytes(machine.storageBytes()));
        whole.put("pods", Quantity.ofMilli(1000 * PODS));
        SortedMap<String, Quantity> allocatable = new TreeMap<>(whole);
        Quantity reserved = Quantity.ofBytes(RESERVED_MEMORY_BYTES);
        Quantity all = whole.getOrDefault("memory", Quantity.ZERO);
        if (all.compareTo(reserved) > 0) {
            allocatable.put("memory", all.minus(reserved));
        }
        allocatable.put("ephemeral-storage", Quantity.ofBytes(machine.storageBytes() / 10 * 9));
        return new Capacity(whole, allocatable);
    }

    public long memoryBytes() {
        return whole.getOrDefault("memory", Quantity.ZERO).toLong();
    }
}
