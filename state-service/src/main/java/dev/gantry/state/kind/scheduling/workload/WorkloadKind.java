package dev.gantry.state.kind.scheduling.workload;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of workloads. */
public final class WorkloadKind {
    private WorkloadKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.WORKLOAD, new WorkloadStrategy(), PlainPrinter.NAME_AND_AGE);
    }
}
