package dev.gantry.state.kind.storage.csinode;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of csinodes. */
public final class CsiNodeKind {
    private CsiNodeKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CSI_NODE,
                new CsiNodeStrategy(),
                PlainPrinter.of(
                        (object, row) -> row.add(object.at("/spec/drivers").size()),
                        Column.number("Drivers", "How many drivers run on the node.")));
    }
}
