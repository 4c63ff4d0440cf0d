package dev.gantry.state.kind.apps.statefulset;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class StatefulSetPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Ready", "Pods that are ready, of those wanted."),
                Column.AGE,
                Column.wide("Containers", "The containers of the template."),
                Column.wide("Images", "The images of the template."));
    }

    @Override
    public void print(ObjectNode set, Cells row) {
        row.name(set).add(WorkloadColumns.ready(set)).age(set);
        WorkloadColumns.containers(set, row);
    }
}
