package dev.gantry.state.kind.resource.deviceclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of deviceclasses. */
public final class DeviceClassKind {
    private DeviceClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.DEVICE_CLASS, new DeviceClassStrategy(), PlainPrinter.NAME_AND_AGE);
    }
}
