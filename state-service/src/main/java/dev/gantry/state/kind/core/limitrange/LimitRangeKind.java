package dev.gantry.state.kind.core.limitrange;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of limitranges. */
public final class LimitRangeKind {
    private LimitRangeKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.LIMIT_RANGE, new LimitRangeStrategy(), PlainPrinter.NAME_AND_DATE)
                .named(List.of("limits"), List.of());
    }
}
