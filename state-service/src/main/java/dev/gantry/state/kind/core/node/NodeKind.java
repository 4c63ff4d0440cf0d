package dev.gantry.state.kind.core.node;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;

/** What the server knows of nodes. */
public final class NodeKind {
    private NodeKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.NODE, new NodeStrategy(), new NodePrinter())
                .named(List.of("no"), List.of())
                .with(
                        new Subresource.Connect(
                                "proxy",
                                new GroupVersionKind("", "v1", "NodeProxyOptions"),
                                Subresource.PROXIES));
    }
}
