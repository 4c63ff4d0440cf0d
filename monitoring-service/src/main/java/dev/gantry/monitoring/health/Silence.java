package dev.gantry.monitoring.health;

import dev.gantry.client.duty.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Simulation;
import dev.gantry.monitoring.heartbeat.Pulses;
import java.time.Instant;
import java.util.List;

/** Whose silence means something, and how many nodes are silent at once. */
public final class Silence {
    private Silence() {}

    public static boolean isMeaningful(Resource node) {
        return !Simulation.isSimulated(node);
    }

    /**
     * More than half of all nodes: we take that for a fault between us and them. Of two nodes, one
     * may fail.
     */
    public static boolean isMass(World world, Pulses pulses, Instant now) {
        List<Resource> nodes =
                world.list(BuiltinKind.NODE.resource()).stream()
                        .filter(Silence::isMeaningful)
                        .toList();
        long silent = nodes.stream().filter(node -> pulses.isSilent(node, now)).count();
        return silent * 2 > nodes.size();
    }
}
