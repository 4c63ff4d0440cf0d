package dev.gantry.state.kind.apps.deployment;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import java.util.List;

/** What the server knows of deployments. */
public final class DeploymentKind {
    private static final DeploymentStrategy STRATEGY = new DeploymentStrategy();

    private DeploymentKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.DEPLOYMENT, STRATEGY, new DeploymentPrinter())
                .named(List.of("deploy"), List.of("all"))
                .with(new Subresource.Scaled(Scale.OF_REPLICAS, SubresourceRules.scale(STRATEGY)));
    }
}
