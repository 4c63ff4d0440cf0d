package dev.gantry.state.kind.core.configmap;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of configmaps. */
public final class ConfigMapKind {
    private ConfigMapKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.CONFIG_MAP,
                        new ConfigMapStrategy(),
                        PlainPrinter.of(
                                (object, row) ->
                                        row.add(
                                                object.path("data").size()
                                                        + object.path("binaryData").size()),
                                Column.text("Data", "How many entries there are.")))
                .named(List.of("cm"), List.of());
    }
}
