package dev.gantry.cli.cluster;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The pods of a workload. */
public final class OwnedPods {
    private OwnedPods() {}

    /**
     * In the order of their names, directly or through ReplicaSets.
     *
     * @param isWorkload whether the owner of something is the workload
     */
    public static List<Resource> pods(
            ClusterObjects cluster, String namespace, Predicate<Owner> isWorkload) {
        Set<Uid> between = new HashSet<>();
        for (Resource each : cluster.all(Kinds.REPLICA_SET)) {
            if (each.namespace().equals(namespace)
                    && each.controller().filter(isWorkload).isPresent()) {
                between.add(each.uid());
            }
        }
        Predicate<Owner> isOfIt = isWorkload.or(owner -> between.contains(owner.uid()));
        return cluster.pods().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .filter(pod -> pod.controller().filter(isOfIt).isPresent())
                .toList();
    }
}
