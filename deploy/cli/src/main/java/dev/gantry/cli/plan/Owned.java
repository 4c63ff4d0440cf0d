package dev.gantry.cli.plan;

import dev.gantry.cli.world.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a workload that is there already has of its own. */
final class Owned {
    private Owned() {}

    /** Its pods, directly or through ReplicaSets. */
    static List<ObjectKey> pods(World world, Resource workload) {
        Optional<Resource> stored = stored(world, workload);
        if (stored.isEmpty()) {
            return List.of();
        }
        Set<Uid> owners = new HashSet<>();
        owners.add(stored.get().uid());
        for (Resource each : world.all(BuiltinKind.REPLICA_SET)) {
            if (each.controller().filter(o -> isOf(o, stored.get())).isPresent()) {
                owners.add(each.uid());
            }
        }
        return world.pods().stream()
                .filter(pod -> pod.controller().filter(o -> owners.contains(o.uid())).isPresent())
                .filter(pod -> !isFinished(pod))
                .map(pod -> pod.key(BuiltinKind.POD.resource()))
                .sorted()
                .toList();
    }

    static boolean hasSameTemplate(World world, Resource workload) {
        return stored(world, workload)
                .filter(
                        each ->
                                each.spec()
                                        .path("template")
                                        .equals(workload.spec().path("template")))
                .isPresent();
    }

    static boolean isFinished(Resource pod) {
        String phase = Resource.text(pod.status(), "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static boolean isOf(Owner owner, Resource workload) {
        return owner.uid().equals(workload.uid());
    }

    private static Optional<Resource> stored(World world, Resource workload) {
        return World.kindOf(workload).flatMap(kind -> world.get(workload.key(kind.resource())));
    }
}
