package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.EvictionPolicy.Pressures;
import dev.gantry.agent.node.NodeConditions.Pressure;
import dev.gantry.client.shell.metrics.Counters;
import java.time.Instant;

/** What the node is short of: one thread measures it, and anybody asks. */
public final class CurrentPressure {
    /** Compat: {@code kubelet_evictions}, but for those over limits of local storage. */
    private final Counters evictions =
            new Counters(
                    "kubelet_evictions",
                    "Pods that were evicted, by what the node was short of.",
                    "eviction_signal");

    private volatile Pressures last = Pressures.NONE;

    void become(Pressures next) {
        last = next;
    }

    Pressures last() {
        return last;
    }

    void evicted(String signal) {
        evictions.add(signal);
    }

    public void append(StringBuilder text) {
        evictions.append(text);
    }

    /** Compat: the number of processes has no limit by default, so it is never short. */
    public Pressure at(Instant now) {
        Pressures seen = last;
        return new Pressure(seen.isOnMemory(now), seen.isOnDisk(now), false);
    }
}
