package dev.gantry.state.kind.networking.ingress;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of ingresses. */
public final class IngressKind {
    private IngressKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.INGRESS, new IngressStrategy(), new IngressPrinter())
                .named(List.of("ing"), List.of());
    }
}
