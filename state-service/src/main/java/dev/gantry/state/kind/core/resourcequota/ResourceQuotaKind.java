package dev.gantry.state.kind.core.resourcequota;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of resourcequotas. */
public final class ResourceQuotaKind {
    private ResourceQuotaKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.RESOURCE_QUOTA,
                        new ResourceQuotaStrategy(),
                        PlainPrinter.of(
                                ResourceQuotaKind::print,
                                Column.text("Request", "Amounts taken, of those allowed."),
                                Column.text("Limit", "Limits given, of those allowed.")))
                .named(List.of("quota"), List.of());
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode hard = object.at("/status/hard");
        JsonNode used = object.at("/status/used");
        StringJoiner requests = new StringJoiner(", ");
        StringJoiner limits = new StringJoiner(", ");
        for (String name : new TreeSet<>(hard.propertyNames())) {
            (name.startsWith("limits") ? limits : requests)
                    .add(
                            "%s: %s/%s"
                                    .formatted(
                                            name,
                                            used.path(name).asString("0"),
                                            hard.path(name).asString("")));
        }
        row.add(requests.toString()).add(limits.toString());
    }
}
