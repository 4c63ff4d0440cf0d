package dev.gantry.state.kind.core.replicationcontroller;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class ReplicationControllerPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return WorkloadColumns.ofReplicas();
    }

    @Override
    public void print(ObjectNode object, Cells row) {
        WorkloadColumns.replicas(object, Texts.labels(object.at("/spec/selector")), row);
    }
}
