package dev.gantry.state.kind.resource.resourceclaimtemplate;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of resourceclaimtemplates. */
public final class ResourceClaimTemplateKind {
    private ResourceClaimTemplateKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.RESOURCE_CLAIM_TEMPLATE,
                new ResourceClaimTemplateStrategy(),
                PlainPrinter.NAME_AND_AGE);
    }
}
