package dev.gantry.state.kind.apps.daemonset;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class DaemonSetPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.number("Desired", "Nodes that shall have a pod."),
                Column.number("Current", "Nodes that shall have a pod and do."),
                Column.number("Ready", "Nodes whose pod is ready."),
                Column.number("Up-to-date", "Nodes whose pod is of the current template."),
                Column.number("Available", "Nodes whose pod has been ready for long enough."),
                Column.text("Node Selector", "The labels of the nodes."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."),
                Column.wide("Selector", "The labels of the pods."));
    }

    @Override
    public void print(ObjectNode set, Cells row) {
        JsonNode status = set.path("status");
        row.name(set)
                .add(status.path("desiredNumberScheduled").asInt(0))
                .add(status.path("currentNumberScheduled").asInt(0))
                .add(status.path("numberReady").asInt(0))
                .add(status.path("updatedNumberScheduled").asInt(0))
                .add(status.path("numberAvailable").asInt(0))
                .add(Texts.labels(set.at("/spec/template/spec/nodeSelector")))
                .age(set);
        WorkloadColumns.template(set, row);
    }
}
