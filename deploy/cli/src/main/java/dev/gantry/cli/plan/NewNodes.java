package dev.gantry.cli.plan;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that one might buy: {@code 3=4,16Gi} or {@code 3=4,16Gi,110}. */
public record NewNodes(int count, Quantity cpu, Quantity memory, int pods) {
    private static final Pattern SHAPE =
            Pattern.compile("(\\d{1,5})=([^,]+),([^,]+)(?:,(\\d{1,4}))?");
    private static final int PODS = 110;

    /** Empty where the text is not of that form. */
    public static Optional<NewNodes> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        Optional<Quantity> cpu = Quantity.parse(shape.group(2));
        Optional<Quantity> memory = Quantity.parse(shape.group(3));
        int pods = shape.group(4) == null ? PODS : Integer.parseInt(shape.group(4));
        return cpu.flatMap(
                c -> memory.map(m -> new NewNodes(Integer.parseInt(shape.group(1)), c, m, pods)));
    }

    /**
     * @param first number of the first one: they are called new-1, new-2, …
     */
    List<Resource> nodes(int first) {
        List<Resource> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node("new-" + (first + i)));
        }
        return nodes;
    }

    private Resource node(String name) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        metadata.putObject("labels")
                .put("kubernetes.io/hostname", name)
                .put("kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", "amd64");
        tree.putObject("spec");
        tree.putObject("status")
                .putObject("allocatable")
                .put("cpu", cpu.toString())
                .put("memory", memory.toString())
                .put("pods", Integer.toString(pods));
        return new Resource(tree);
    }
}
