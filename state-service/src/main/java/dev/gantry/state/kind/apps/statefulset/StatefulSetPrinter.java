package dev.gantry.state.kind.apps.statefulset;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
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
        JsonNode containers = set.at("/spec/template/spec/containers");
        row.name(set)
                .add(
                        set.at("/status/readyReplicas").asInt(0)
                                + "/"
                                + set.at("/spec/replicas").asInt(0))
                .age(set)
                .add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")));
    }
}
