package dev.gantry.state.kind.core.pod;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PodPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Ready", "Containers that are ready, of all."),
                Column.text("Status", "What the pod is doing, or why it is not."),
                Column.text("Restarts", "How often containers restarted, and when last."),
                Column.AGE,
                Column.wide("IP", "The address of the pod."),
                Column.wide("Node", "The node on which the pod runs."),
                Column.wide("Nominated Node", "The node on which room is being made for the pod."),
                Column.wide("Readiness Gates", "Gates that are open, of all."));
    }

    @Override
    public void print(ObjectNode pod, Cells row) {
        PodStatusText text = new PodStatusText(pod);
        row.name(pod)
                .add(text.readyOfTotal())
                .add(text.reason())
                .add(text.restarts(row.now()))
                .age(pod)
                .addOr(pod.at("/status/podIPs/0/ip").asString(""), Texts.NONE)
                .addOr(pod.at("/spec/nodeName").asString(""), Texts.NONE)
                .addOr(pod.at("/status/nominatedNodeName").asString(""), Texts.NONE)
                .add(gates(pod));
        switch (pod.at("/status/phase").asString("")) {
            case "Succeeded" -> row.condition("Succeeded", "The pod has completed successfully.");
            case "Failed" -> row.condition("Failed", "The pod failed.");
            default -> {}
        }
    }

    private static String gates(ObjectNode pod) {
        JsonNode gates = pod.at("/spec/readinessGates");
        int open = 0;
        for (JsonNode gate : gates) {
            String type = Resource.text(gate, "conditionType");
            open += Conditions.isTrue(pod.at("/status/conditions"), type) ? 1 : 0;
        }
        return gates.isEmpty() ? Texts.NONE : open + "/" + gates.size();
    }
}
