package dev.gantry.cli.why;

import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.List;

/** The other pods of a pod's gang. */
final class Company {
    private Company() {}

    static List<String> incomplete(World world, Resource pod) {
        Gang gang = gang(pod);
        if (gang.isNone()) {
            return List.of();
        }
        long there = world.pods().stream().filter(each -> gang(each).equals(gang)).count();
        return List.of(
                "its gang %s has %d of %d pods; they are placed all or none"
                        .formatted(gang.name(), there, gang.size()));
    }

    private static Gang gang(Resource pod) {
        return PodSighting.of(pod).gang();
    }
}
