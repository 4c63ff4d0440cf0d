package dev.gantry.state.kind.apps.deployment;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class DeploymentPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Ready", "Pods that are ready, of those wanted."),
                Column.text("Up-to-date", "Pods of the current template."),
                Column.text("Available", "Pods that have been ready for long enough."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."),
                Column.wide("Selector", "The labels of the pods."));
    }

    @Override
    public void print(ObjectNode deployment, Cells row) {
        JsonNode status = deployment.path("status");
        row.name(deployment)
                .add(WorkloadColumns.ready(deployment))
                .add(status.path("updatedReplicas").asInt(0))
                .add(status.path("availableReplicas").asInt(0))
                .age(deployment);
        WorkloadColumns.template(deployment, row);
    }
}
