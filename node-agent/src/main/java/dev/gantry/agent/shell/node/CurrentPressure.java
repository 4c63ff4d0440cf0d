package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.EvictionPolicy.Pressures;
import dev.gantry.agent.node.NodeConditions.Pressure;
import java.time.Instant;

/** What the node is short of: one thread measures it, and anybody asks. */
public final class CurrentPressure {
    private volatile Pressures last = Pressures.NONE;

    void become(Pressures next) {
        last = next;
    }

    Pressures last() {
        return last;
    }

    /** Compat: the number of processes has no limit by default, so it is never short. */
    public Pressure at(Instant now) {
        Pressures seen = last;
        return new Pressure(seen.isOnMemory(now), seen.isOnDisk(now), false);
    }
}
