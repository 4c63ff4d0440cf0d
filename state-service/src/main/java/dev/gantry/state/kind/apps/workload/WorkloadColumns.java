package dev.gantry.state.kind.apps.workload;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a table says of the template of a kind that keeps a number of pods. */
public final class WorkloadColumns {
    private WorkloadColumns() {}

    /** Of a kind that wants a number of pods and knows no templates but one. */
    public static List<Column> ofReplicas() {
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

    /**
     * A row of {@link #ofReplicas}.
     *
     * @param selector as text
     */
    public static void replicas(ObjectNode object, String selector, Cells row) {
        row.name(object)
                .add(object.at("/spec/replicas").asInt(0))
                .add(object.at("/status/replicas").asInt(0))
                .add(object.at("/status/readyReplicas").asInt(0))
                .age(object);
        containers(object, row);
        row.add(selector);
    }

    /** Pods that are ready, of those wanted. */
    public static String ready(ObjectNode object) {
        return object.at("/status/readyReplicas").asInt(0)
                + "/"
                + object.at("/spec/replicas").asInt(0);
    }

    public static void containers(ObjectNode object, Cells row) {
        JsonNode containers = object.at("/spec/template/spec/containers");
        row.add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")));
    }

    public static void template(ObjectNode object, Cells row) {
        containers(object, row);
        row.add(Texts.selector(object.at("/spec/selector")));
    }
}
