package dev.gantry.state.kind.node.runtimeclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of runtimeclasses. */
public final class RuntimeClassKind {
    private RuntimeClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.RUNTIME_CLASS,
                new RuntimeClassStrategy(),
                PlainPrinter.of(
                        (object, row) -> row.add(Resource.text(object, "handler")),
                        Column.text("Handler", "What the container runtime knows it as.")));
    }
}
