package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of definitions of custom resources. */
public final class CustomResourceDefinitionKind {
    private CustomResourceDefinitionKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.CUSTOM_RESOURCE_DEFINITION,
                        new CustomResourceDefinitionStrategy(),
                        PlainPrinter.NAME_AND_DATE)
                .named(List.of("crd", "crds"), List.of("api-extensions"));
    }
}
