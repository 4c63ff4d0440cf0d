package dev.gantry.state.kind.core.replicationcontroller;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the server knows of replicationcontrollers. */
public final class ReplicationControllerKind {
    private static final ReplicationControllerStrategy STRATEGY =
            new ReplicationControllerStrategy();

    private static final Scale SCALE =
            new Scale(
                    Scale.OF_REPLICAS.wanted(),
                    Scale.OF_REPLICAS.observed(),
                    ReplicationControllerKind::selector);

    private ReplicationControllerKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.REPLICATION_CONTROLLER, STRATEGY, new ReplicationControllerPrinter())
                .named(List.of("rc"), List.of("all"))
                .with(new Subresource.Scaled(SCALE, SubresourceRules.scale(STRATEGY)));
    }

    private static String selector(Resource object) {
        JsonNode selector = object.spec().path("selector");
        return selector.isEmpty() ? "" : Texts.labels(selector);
    }
}
