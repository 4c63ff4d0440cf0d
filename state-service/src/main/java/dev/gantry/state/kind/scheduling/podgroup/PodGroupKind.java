package dev.gantry.state.kind.scheduling.podgroup;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of podgroups. */
public final class PodGroupKind {
    private PodGroupKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.POD_GROUP,
                new PodGroupStrategy(),
                PlainPrinter.of(
                        (object, row) ->
                                row.add(policy(object)).add(workload(object)).add(status(object)),
                        Column.text("Policy", "Whether its pods are placed together."),
                        Column.text("Workload", "Whose template it was made from."),
                        Column.text("Status", "Whether its pods were placed.")));
    }

    private static String policy(ObjectNode object) {
        JsonNode policy = object.at("/spec/schedulingPolicy");
        return policy.has("gang") ? "Gang" : "Basic";
    }

    private static String workload(ObjectNode object) {
        JsonNode reference = object.at("/spec/podGroupTemplateRef/workload");
        String name = Resource.text(reference, "workloadName");
        return name.isEmpty() ? "<none>" : name;
    }

    /** Compat: {@code printPodGroup}: whatever a condition says of disruption goes first. */
    private static String status(ObjectNode object) {
        JsonNode conditions = object.at("/status/conditions");
        Optional<JsonNode> disruption = Conditions.find(conditions, "DisruptionTarget");
        if (disruption.isPresent()) {
            return Resource.text(disruption.get(), "reason");
        }
        if (Conditions.find(conditions, "PodGroupScheduled").isEmpty()) {
            return "Pending";
        }
        return Conditions.isTrue(conditions, "PodGroupScheduled") ? "Scheduled" : "Unschedulable";
    }
}
