package dev.gantry.state.kind.custom;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.structural.StructuralType;
import dev.gantry.state.table.PlainPrinter;
import tools.jackson.databind.JsonNode;

/** Definitions that are made at run time. */
public final class CustomKinds {
    private CustomKinds() {}

    /** {@code openApi} is a structural schema, as {@code openAPIV3Schema} has it. */
    public static ResourceDefinition of(Kind kind, JsonNode openApi, boolean hasStatus) {
        StructuralType schema = StructuralType.of(KindName.of(kind), openApi);
        return ResourceDefinition.of(
                new ServedVersion(kind, schema, Conversion.NONE, new CustomStrategy(hasStatus)),
                PlainPrinter.NAME_AND_AGE);
    }
}
