package dev.gantry.state.kind.resource.resourceslice;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of resourceslices. */
public final class ResourceSliceKind {
    private ResourceSliceKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.RESOURCE_SLICE,
                new ResourceSliceStrategy(),
                PlainPrinter.of(
                        ResourceSliceKind::print,
                        Column.text("Node", "The node that the devices belong to."),
                        Column.text("Driver", "The driver that publishes them."),
                        Column.text("Pool", "The pool that they are part of.")));
    }

    private static void print(ObjectNode slice, Cells row) {
        JsonNode spec = slice.path("spec");
        row.addOr(Resource.text(spec, "nodeName"), "<unset>")
                .add(Resource.text(spec, "driver"))
                .add(Resource.text(spec.path("pool"), "name"));
    }
}
