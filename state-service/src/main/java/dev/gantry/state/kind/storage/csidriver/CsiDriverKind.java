package dev.gantry.state.kind.storage.csidriver;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;

/** What the server knows of csidrivers. */
public final class CsiDriverKind {
    private CsiDriverKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CSI_DRIVER, new CsiDriverStrategy(), CsiDriverPrinter.PRINTER);
    }
}
