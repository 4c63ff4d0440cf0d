package dev.gantry.state.kind.apps.workload;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Texts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a table says of the template of a kind that keeps a number of pods. */
public final class WorkloadColumns {
    private WorkloadColumns() {}

    public static void template(ObjectNode object, Cells row) {
        JsonNode containers = object.at("/spec/template/spec/containers");
        row.add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")))
                .add(Texts.selector(object.at("/spec/selector")));
    }
}
