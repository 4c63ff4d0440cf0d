package dev.gantry.state.kind.apps.replicaset;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import java.util.List;

/** What the server knows of replicasets. */
public final class ReplicaSetKind {
    private static final ReplicaSetStrategy STRATEGY = new ReplicaSetStrategy();

    private ReplicaSetKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.REPLICA_SET, STRATEGY, new ReplicaSetPrinter())
                .named(List.of("rs"), List.of("all"))
                .with(new Subresource.Scaled(Scale.OF_REPLICAS, SubresourceRules.scale(STRATEGY)));
    }
}
