package dev.gantry.state.kind.rbac.role;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Scope;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of clusterroles. */
public final class ClusterRoleKind {
    private ClusterRoleKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CLUSTER_ROLE, new RoleStrategy(Scope.CLUSTER), PlainPrinter.NAME_AND_DATE);
    }
}
