package dev.gantry.state.kind.core.secret;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Storage;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of secrets. */
public final class SecretKind {
    private SecretKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.SECRET,
                        new SecretStrategy(),
                        PlainPrinter.of(
                                (object, row) ->
                                        row.add(Resource.text(object, "type"))
                                                .add(object.path("data").size()),
                                Column.text("Type", "What the secret is for."),
                                Column.text("Data", "How many entries there are.")))
                .stored(Storage.CONFIDENTIAL);
    }
}
