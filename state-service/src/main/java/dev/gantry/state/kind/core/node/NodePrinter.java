package dev.gantry.state.kind.core.node;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class NodePrinter implements Printer {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Status", "Whether the node is ready and takes pods."),
                Column.text("Roles", "The roles of the node, by its labels."),
                Column.AGE,
                Column.text("Version", "The version of the node's agent."),
                Column.wide("Internal-IP", "The address of the node inside the cluster."),
                Column.wide("External-IP", "The address of the node outside the cluster."),
                Column.wide("OS-Image", "The operating system of the node."),
                Column.wide("Kernel-Version", "The kernel of the node."),
                Column.wide("Container-Runtime", "The container runtime of the node."));
    }

    @Override
    public void print(ObjectNode node, Cells row) {
        JsonNode system = node.at("/status/nodeInfo");
        row.name(node)
                .add(status(node))
                .addOr(String.join(",", roles(node)), Texts.NONE)
                .age(node)
                .add(Resource.text(system, "kubeletVersion"))
                .addOr(address(node, "InternalIP"), Texts.NONE)
                .addOr(address(node, "ExternalIP"), Texts.NONE)
                .addOr(Resource.text(system, "osImage"), "<unknown>")
                .addOr(kernel(system), "<unknown>")
                .addOr(Resource.text(system, "containerRuntimeVersion"), "<unknown>");
    }

    /** {@code 6.12.0 (amd64)}. */
    private static String kernel(JsonNode system) {
        String version = Resource.text(system, "kernelVersion");
        String architecture = Resource.text(system, "architecture");
        return version.isEmpty() || architecture.isEmpty()
                ? version
                : "%s (%s)".formatted(version, architecture);
    }

    private static String status(ObjectNode node) {
        String ready =
                Conditions.find(node.at("/status/conditions"), "Ready")
                        .map(
                                each ->
                                        Resource.text(each, "status").equals("True")
                                                ? "Ready"
                                                : "NotReady")
                        .orElse("Unknown");
        boolean isCordoned = node.at("/spec/unschedulable").asBoolean(false);
        return isCordoned ? ready + ",SchedulingDisabled" : ready;
    }

    private static TreeSet<String> roles(ObjectNode node) {
        TreeSet<String> roles = new TreeSet<>();
        for (var label : node.at("/metadata/labels").properties()) {
            String key = label.getKey();
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals("kubernetes.io/role")
                    && !label.getValue().asString("").isEmpty()) {
                roles.add(label.getValue().asString(""));
            }
        }
        return roles;
    }

    private static String address(ObjectNode node, String type) {
        for (JsonNode each : node.at("/status/addresses")) {
            if (Resource.text(each, "type").equals(type)) {
                return Resource.text(each, "address");
            }
        }
        return "";
    }
}
