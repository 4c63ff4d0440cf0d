package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.ObjectKey;
import java.util.List;

/**
 * The cluster as it would be before the scheduler gets to work.
 *
 * @param cluster with new nodes, new pods that wait, and without what would go
 * @param drained pods of drained nodes that a controller would start again, and that wait now
 * @param lost pods of drained nodes that no controller would start again
 * @param notes what else would happen
 */
public record Scenario(
        ClusterObjects cluster,
        List<Workload> workloads,
        List<ObjectKey> drained,
        List<ObjectKey> lost,
        List<String> notes) {
    public Scenario {
        workloads = List.copyOf(workloads);
        drained = List.copyOf(drained);
        lost = List.copyOf(lost);
        notes = List.copyOf(notes);
    }
}
