package dev.gantry.state.kind.networking.servicecidr;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Texts;

/** What the server knows of servicecidrs. */
public final class ServiceCidrKind {
    private ServiceCidrKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.SERVICE_CIDR,
                new ServiceCidrStrategy(),
                PlainPrinter.of(
                        (object, row) ->
                                row.add(String.join(",", Texts.all(object.at("/spec/cidrs"), ""))),
                        Column.text("CIDRs", "The ranges of addresses.")));
    }
}
