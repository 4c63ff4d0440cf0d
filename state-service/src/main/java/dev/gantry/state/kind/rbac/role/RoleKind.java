package dev.gantry.state.kind.rbac.role;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Scope;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of roles. */
public final class RoleKind {
    private RoleKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.ROLE, new RoleStrategy(Scope.NAMESPACED), PlainPrinter.NAME_AND_DATE);
    }
}
