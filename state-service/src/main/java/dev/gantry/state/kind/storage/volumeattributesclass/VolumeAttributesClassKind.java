package dev.gantry.state.kind.storage.volumeattributesclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of volumeattributesclasses. */
public final class VolumeAttributesClassKind {
    private VolumeAttributesClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.VOLUME_ATTRIBUTES_CLASS,
                        new VolumeAttributesClassStrategy(),
                        PlainPrinter.of(
                                (object, row) -> row.add(Resource.text(object, "driverName")),
                                Column.text("DriverName", "The driver that understands it.")))
                .named(List.of("vac"), List.of());
    }
}
