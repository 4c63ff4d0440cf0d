package dev.gantry.state.kind.networking.ingress;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class IngressPrinter implements Printer {
    private static final int SHOWN = 3;

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Class", "The class whose controller serves it."),
                Column.text("Hosts", "The hosts that it is for."),
                Column.text("Address", "Where it can be reached."),
                Column.text("Ports", "The ports under which it can be reached."),
                Column.AGE);
    }

    @Override
    public void print(ObjectNode object, Cells row) {
        JsonNode spec = object.path("spec");
        row.name(object)
                .addOr(Resource.text(spec, "ingressClassName"), Texts.NONE)
                .add(hosts(spec.path("rules")))
                .add(addresses(object.at("/status/loadBalancer/ingress")))
                .add(spec.path("tls").isEmpty() ? "80" : "80, 443")
                .age(object);
    }

    private static String hosts(JsonNode rules) {
        List<String> hosts = new ArrayList<>();
        boolean hasMore = false;
        for (JsonNode rule : rules) {
            hasMore |= hosts.size() == SHOWN;
            String host = Resource.text(rule, "host");
            if (!hasMore && !host.isEmpty()) {
                hosts.add(host);
            }
        }
        String shown = hosts.isEmpty() ? "*" : String.join(",", hosts);
        return hasMore ? "%s + %d more...".formatted(shown, rules.size() - SHOWN) : shown;
    }

    private static String addresses(JsonNode ingresses) {
        Set<String> addresses = new TreeSet<>();
        for (JsonNode each : ingresses) {
            String ip = Resource.text(each, "ip");
            addresses.add(ip.isEmpty() ? Resource.text(each, "hostname") : ip);
        }
        addresses.remove("");
        return String.join(",", addresses);
    }
}
