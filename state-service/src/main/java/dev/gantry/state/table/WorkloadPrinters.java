package dev.gantry.state.table;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kinds that keep a number of pods. */
final class WorkloadPrinters {
    private WorkloadPrinters() {}

    static final class Deployments implements Printer {
        @Override
        public List<Column> columns() {
            return List.of(
                    Column.NAME,
                    Column.text("Ready", "Pods that are ready, of those wanted."),
                    Column.number("Up-to-date", "Pods of the current template."),
                    Column.number("Available", "Pods that have been ready for long enough."),
                    Column.AGE,
                    Column.wide("Containers", "The containers of the template."),
                    Column.wide("Images", "The images of the template."),
                    Column.wide("Selector", "The labels of the pods."));
        }

        @Override
        public void print(ObjectNode deployment, Cells row) {
            JsonNode status = deployment.path("status");
            row.name(deployment)
                    .add(
                            status.path("readyReplicas").asInt(0)
                                    + "/"
                                    + deployment.at("/spec/replicas").asInt(0))
                    .add(status.path("updatedReplicas").asInt(0))
                    .add(status.path("availableReplicas").asInt(0))
                    .age(deployment);
            template(deployment, row);
        }
    }

    static final class ReplicaSets implements Printer {
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
            template(set, row);
        }
    }

    private static void template(ObjectNode object, Cells row) {
        JsonNode containers = object.at("/spec/template/spec/containers");
        row.add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")))
                .add(Texts.selector(object.at("/spec/selector")));
    }
}
