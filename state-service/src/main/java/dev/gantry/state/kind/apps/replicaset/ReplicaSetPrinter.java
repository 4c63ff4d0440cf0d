package dev.gantry.state.kind.apps.replicaset;

import dev.gantry.state.kind.apps.workload.WorkloadColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class ReplicaSetPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return WorkloadColumns.ofReplicas();
    }

    @Override
    public void print(ObjectNode set, Cells row) {
        WorkloadColumns.replicas(set, Texts.selector(set.at("/spec/selector")), row);
    }
}
