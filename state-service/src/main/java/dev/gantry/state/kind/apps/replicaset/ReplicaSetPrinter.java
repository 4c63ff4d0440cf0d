package dev.gantry.state.kind.apps.replicaset;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class ReplicaSetPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.number("Desired", "Pods that are wanted."),
                Column.number("Current", "Pods that there are."),
                Column.number("Ready", "Pods that are ready."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."),
                Column.wide("Selector", "The labels of the pods."));
    }

    @Override
    public void print(ObjectNode set, Cells row) {
        row.name(set)
                .add(set.at("/spec/replicas").asInt(0))
                .add(set.at("/status/replicas").asInt(0))
                .add(set.at("/status/readyReplicas").asInt(0))
                .age(set);
        WorkloadColumns.template(set, row);
    }
}
