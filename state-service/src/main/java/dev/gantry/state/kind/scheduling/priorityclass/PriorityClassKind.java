package dev.gantry.state.kind.scheduling.priorityclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of priorityclasses. */
public final class PriorityClassKind {
    private PriorityClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.PRIORITY_CLASS,
                        new PriorityClassStrategy(),
                        new PlainPrinter(
                                List.of(
                                        Column.NAME,
                                        Column.number(
                                                "Value", "The priority of pods of this class."),
                                        Column.flag(
                                                "Global-Default",
                                                "Whether pods without a class have this one."),
                                        Column.AGE,
                                        Column.text(
                                                "PreemptionPolicy",
                                                "Whether pods displace others.")),
                                (object, row) ->
                                        row.name(object)
                                                .add(object.path("value").asLong(0))
                                                .add(object.path("globalDefault").asBoolean(false))
                                                .age(object)
                                                .add(Resource.text(object, "preemptionPolicy"))))
                .named(List.of("pc"), List.of());
    }
}
