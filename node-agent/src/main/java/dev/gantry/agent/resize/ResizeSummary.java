package dev.gantry.agent.resize;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resize in the words of an event.
 *
 * <p>Compat: {@code podResizeMessage} of {@code pkg/kubelet/events}.
 */
public final class ResizeSummary {
    private ResizeSummary() {}

    /**
     * @param what happened, such as {@code Pod resize started}
     * @param error empty for none
     */
    public static String of(String what, PodSpec pod, long generation, String error) {
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        addAll(summary, "initContainers", pod.inits());
        addAll(summary, "containers", pod.mains());
        summary.put("generation", generation);
        if (!error.isEmpty()) {
            summary.put("error", error);
        }
        return what + ": " + summary;
    }

    private static void addAll(ObjectNode summary, String list, List<ContainerSpec> containers) {
        ArrayNode entries = summary.arrayNode();
        for (ContainerSpec each : containers) {
            if (each.isResizable()) {
                ObjectNode entry = entries.addObject();
                entry.put("name", each.name());
                ObjectNode resources = entry.putObject("resources");
                add(resources, "limits", each.resources());
                add(resources, "requests", each.resources());
            }
        }
        if (!entries.isEmpty()) {
            summary.set(list, entries);
        }
    }

    private static void add(ObjectNode resources, String side, JsonNode from) {
        SortedMap<String, Quantity> amounts = PodResources.amounts(from.path(side));
        if (!amounts.isEmpty()) {
            ObjectNode made = resources.putObject(side);
            amounts.forEach((name, amount) -> made.put(name, amount.toString()));
        }
    }
}
