package dev.gantry.state.kind.core.endpoints;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses that a service leads to. */
final class EndpointsPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Endpoints", "Addresses and ports that are ready."),
                Column.AGE);
    }

    @Override
    public void print(ObjectNode endpoints, Cells row) {
        JsonNode subsets = endpoints.path("subsets");
        List<String> all = new ArrayList<>();
        for (JsonNode subset : subsets) {
            for (JsonNode port : subset.path("ports")) {
                for (String address : Texts.all(subset.path("addresses"), "/ip")) {
                    all.add(joined(address, port.path("port").asInt(0)));
                }
            }
            if (subset.path("ports").isEmpty()) {
                all.addAll(Texts.all(subset.path("addresses"), "/ip"));
            }
        }
        row.name(endpoints)
                .add(Texts.firstOf(all, subsets.isEmpty() ? Texts.NONE : ""))
                .age(endpoints);
    }

    private static String joined(String address, int port) {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
