package dev.gantry.state.kind.networking.ipaddress;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of ipaddresses. */
public final class IpAddressKind {
    /** Compat: there is no column for the age, for which upstream has a cell. */
    private static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("ParentRef", "The object that has the address.")),
                    IpAddressKind::print);

    private IpAddressKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.IP_ADDRESS, new IpAddressStrategy(), PRINTER)
                .named(List.of("ip"), List.of());
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode parent = object.at("/spec/parentRef");
        String group = Resource.text(parent, "group");
        String resource = Resource.text(parent, "resource") + (group.isEmpty() ? "" : "." + group);
        row.name(object)
                .add(
                        Stream.of(
                                        resource,
                                        Resource.text(parent, "namespace"),
                                        Resource.text(parent, "name"))
                                .filter(each -> !each.isEmpty())
                                .collect(Collectors.joining("/")))
                .age(object);
    }
}
