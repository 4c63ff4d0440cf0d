package dev.gantry.state.kind.core.endpoints;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of endpoints. */
public final class EndpointsKind {
    private EndpointsKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.ENDPOINTS, new EndpointsStrategy(), new EndpointsPrinter())
                .named(List.of("ep"), List.of());
    }
}
