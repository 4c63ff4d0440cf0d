package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ServicePrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Type", "How the service is exposed."),
                Column.text("Cluster-IP", "The address inside the cluster."),
                Column.text("External-IP", "Addresses outside the cluster."),
                Column.text("Port(s)", "Ports, with their node ports where there are."),
                Column.AGE,
                Column.wide("Selector", "The labels of the pods that serve."));
    }

    @Override
    public void print(ObjectNode service, Cells row) {
        JsonNode spec = service.path("spec");
        row.name(service)
                .add(Resource.text(spec, "type"))
                .addOr(spec.at("/clusterIPs/0").asString(""), Texts.NONE)
                .add(external(service))
                .addOr(ports(spec.path("ports")), Texts.NONE)
                .age(service)
                .add(Texts.labels(spec.path("selector")));
    }

    private static String external(ObjectNode service) {
        JsonNode spec = service.path("spec");
        List<String> addresses = Texts.all(spec.path("externalIPs"), "");
        return switch (Resource.text(spec, "type")) {
            case "ClusterIP", "NodePort" ->
                    addresses.isEmpty() ? Texts.NONE : String.join(",", addresses);
            case "LoadBalancer" -> {
                List<String> all = new ArrayList<>();
                for (JsonNode each : service.at("/status/loadBalancer/ingress")) {
                    String ip = Resource.text(each, "ip");
                    all.add(ip.isEmpty() ? Resource.text(each, "hostname") : ip);
                }
                all.addAll(addresses);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            case "ExternalName" -> Resource.text(spec, "externalName");
            default -> "<unknown>";
        };
    }

    /** {@code 80:30080/TCP,53/UDP} */
    private static String ports(JsonNode ports) {
        List<String> texts = new ArrayList<>();
        for (JsonNode port : ports) {
            int nodePort = port.path("nodePort").asInt(0);
            texts.add(
                    port.path("port").asInt(0)
                            + (nodePort > 0 ? ":" + nodePort : "")
                            + "/"
                            + Resource.text(port, "protocol"));
        }
        return String.join(",", texts);
    }
}
