package dev.gantry.state.kind.policy.poddisruptionbudget;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of poddisruptionbudgets. */
public final class PodDisruptionBudgetKind {
    private PodDisruptionBudgetKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.POD_DISRUPTION_BUDGET,
                        new PodDisruptionBudgetStrategy(),
                        PlainPrinter.of(
                                (object, row) ->
                                        row.add(object.at("/spec/minAvailable").asString("N/A"))
                                                .add(
                                                        object.at("/spec/maxUnavailable")
                                                                .asString("N/A"))
                                                .add(
                                                        object.at("/status/disruptionsAllowed")
                                                                .asLong(0)),
                                Column.text("Min Available", "How many pods must stay."),
                                Column.text("Max Unavailable", "How many pods may be missing."),
                                Column.number("Allowed Disruptions", "How many pods may go now.")))
                .named(List.of("pdb"), List.of());
    }
}
