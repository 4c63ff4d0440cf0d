package dev.gantry.state.kind.rbac.rolebinding;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Scope;
import dev.gantry.state.definition.ResourceDefinition;

/** What the server knows of rolebindings. */
public final class RoleBindingKind {
    private RoleBindingKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.ROLE_BINDING,
                new RoleBindingStrategy(Scope.NAMESPACED),
                new RoleBindingPrinter());
    }
}
