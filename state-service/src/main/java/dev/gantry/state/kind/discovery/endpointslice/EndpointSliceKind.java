package dev.gantry.state.kind.discovery.endpointslice;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;

/** What the server knows of endpointslices. */
public final class EndpointSliceKind {
    private EndpointSliceKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.ENDPOINT_SLICE, new EndpointSliceStrategy(), new EndpointSlicePrinter());
    }
}
