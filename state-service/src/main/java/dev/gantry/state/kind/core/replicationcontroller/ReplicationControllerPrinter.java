package dev.gantry.state.kind.core.replicationcontroller;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class ReplicationControllerPrinter implements Printer {
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
    public void print(ObjectNode object, Cells row) {
        JsonNode containers = object.at("/spec/template/spec/containers");
        row.name(object)
                .add(object.at("/spec/replicas").asInt(0))
                .add(object.at("/status/replicas").asInt(0))
                .add(object.at("/status/readyReplicas").asInt(0))
                .age(object)
                .add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")))
                .add(Texts.labels(object.at("/spec/selector")));
    }
}
