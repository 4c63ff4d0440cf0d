package dev.gantry.state.kind.discovery.endpointslice;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Some of the addresses that a service leads to. */
final class EndpointSlicePrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("AddressType", "The type of the addresses in this slice."),
                Column.text("Ports", "The ports of all endpoints."),
                Column.text("Endpoints", "The addresses of the endpoints."),
                Column.AGE);
    }

    @Override
    public void print(ObjectNode slice, Cells row) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : slice.path("ports")) {
            ports.add(
                    port.hasNonNull("port")
                            ? port.path("port").asString("")
                            : port.path("name").asString("*"));
        }
        List<String> addresses = new ArrayList<>();
        for (JsonNode endpoint : slice.path("endpoints")) {
            addresses.addAll(Texts.all(endpoint.path("addresses"), ""));
        }
        row.name(slice)
                .add(Resource.text(slice, "addressType"))
                .add(Texts.firstOf(ports, "<unset>"))
                .add(Texts.firstOf(addresses, "<unset>"))
                .age(slice);
    }
}
