package dev.gantry.state.kind.core.componentstatus;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of componentstatuses. */
public final class ComponentStatusKind {
    public static final Kind KIND =
            Kind.ofCluster("", "v1", "ComponentStatus", "componentstatuses");

    static final String HEALTHY = "Healthy";

    private ComponentStatusKind() {}

    public static ResourceDefinition definition() {
        ResourceDefinition all =
                ResourceDefinition.of(
                                KIND,
                                new ReadOnly(),
                                new PlainPrinter(
                                        List.of(
                                                Column.NAME,
                                                Column.text("Status", "Whether it is healthy."),
                                                Column.text("Message", "What it says of itself."),
                                                Column.text("Error", "Why it cannot be asked.")),
                                        ComponentStatusKind::print))
                        .named(List.of("cs"), List.of());
        List<String> writes = all.verbs().stream().filter(verb -> !isRead(verb)).toList();
        ResourceDefinition readOnly = all;
        for (String verb : writes) {
            readOnly = readOnly.without(verb);
        }
        return readOnly;
    }

    private static boolean isRead(String verb) {
        return verb.equals("get") || verb.equals("list");
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode health = object.path("conditions").path(0);
        boolean isHealthy = Resource.text(health, "status").equals("True");
        row.name(object)
                .add(isHealthy ? HEALTHY : "Unhealthy")
                .add(Resource.text(health, "message"))
                .add(Resource.text(health, "error"));
    }

    private static final class ReadOnly implements Strategy {
        @Override
        public Optional<String> deprecation() {
            return Optional.of("v1 ComponentStatus is deprecated in v1.19+");
        }

        /** Compat: {@code componentstatus.REST.Get} speaks of one. */
        @Override
        public GroupResource missingAs(GroupResource requested) {
            return new GroupResource("", "componentstatus");
        }
    }
}
