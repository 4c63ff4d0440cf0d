package dev.gantry.state.kind.apps.statefulset;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import java.util.List;

/** What the server knows of statefulsets. */
public final class StatefulSetKind {
    private static final StatefulSetStrategy STRATEGY = new StatefulSetStrategy();

    private StatefulSetKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.STATEFUL_SET, STRATEGY, new StatefulSetPrinter())
                .named(List.of("sts"), List.of("all"))
                .with(new Subresource.Scaled(Scale.OF_REPLICAS, SubresourceRules.scale(STRATEGY)));
    }
}
