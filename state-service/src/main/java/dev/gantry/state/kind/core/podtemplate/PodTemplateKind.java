package dev.gantry.state.kind.core.podtemplate;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of podtemplates. */
public final class PodTemplateKind {
    private PodTemplateKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.POD_TEMPLATE,
                new PodTemplateStrategy(),
                new PlainPrinter(
                        List.of(
                                Column.NAME,
                                Column.text("Containers", "The containers of the template."),
                                Column.text("Images", "The images of the template."),
                                Column.text("Pod Labels", "The labels of its pods.")),
                        PodTemplateKind::print));
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode containers = object.at("/template/spec/containers");
        row.name(object)
                .add(String.join(",", Texts.all(containers, "/name")))
                .add(String.join(",", Texts.all(containers, "/image")))
                .add(Texts.labels(object.at("/template/metadata/labels")));
    }
}
