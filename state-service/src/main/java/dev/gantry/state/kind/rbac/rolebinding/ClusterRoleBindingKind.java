package dev.gantry.state.kind.rbac.rolebinding;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Scope;
import dev.gantry.state.definition.ResourceDefinition;

/** What the server knows of clusterrolebindings. */
public final class ClusterRoleBindingKind {
    private ClusterRoleBindingKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CLUSTER_ROLE_BINDING,
                new RoleBindingStrategy(Scope.CLUSTER),
                new RoleBindingPrinter());
    }
}
