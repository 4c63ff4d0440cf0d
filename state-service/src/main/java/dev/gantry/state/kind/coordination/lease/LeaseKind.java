package dev.gantry.state.kind.coordination.lease;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Storage;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of leases. */
public final class LeaseKind {
    private LeaseKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.LEASE,
                        new LeaseStrategy(),
                        PlainPrinter.of(
                                (object, row) ->
                                        row.add(object.at("/spec/holderIdentity").asString("")),
                                Column.text("Holder", "Who holds the lease.")))
                .stored(Storage.MEMORY_FIRST);
    }
}
