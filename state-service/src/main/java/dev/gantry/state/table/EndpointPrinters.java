package dev.gantry.state.table;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where services lead to: in one object, or in slices. */
final class EndpointPrinters {
    private EndpointPrinters() {}

    static final class Whole implements Printer {
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

    static final class Slice implements Printer {
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
                String name = Resource.text(port, "name");
                ports.add(
                        port.has("port")
                                ? port.path("port").asString("")
                                : name.isEmpty() ? "*" : name);
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
}
