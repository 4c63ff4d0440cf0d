package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.NodeTemplate;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that one might buy: {@code 3=4,16Gi}, {@code 3=4,16Gi,110}, or {@code 3=node-1}. */
public sealed interface NewNodes {
    /** They are called new-1, new-2, … */
    String PREFIX = "new-";

    /**
     * @param first number of the first one
     * @return nothing where there is no node that they shall be like
     */
    List<Resource> nodes(int first, ClusterObjects cluster);

    /** What makes one doubt that this was meant. */
    default Optional<String> doubt() {
        return Optional.empty();
    }

    /** Empty where the text is not of that form. */
    static Optional<NewNodes> parse(String text) {
        Matcher form = Forms.COUNTED.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) == 0) {
            return Optional.empty();
        }
        int count = Integer.parseInt(form.group(1));
        String rest = form.group(2);
        if (rest.contains(",")) {
            return sized(count, rest);
        }
        boolean isHalfASize = Quantity.parse(rest).isPresent();
        return isHalfASize ? Optional.empty() : Optional.of(new Like(count, rest));
    }

    private static Optional<NewNodes> sized(int count, String text) {
        Matcher size = Forms.SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        Optional<Quantity> cpu = Quantity.parse(size.group(1)).filter(each -> each.toMilli() > 0);
        Optional<Quantity> memory = Quantity.parse(size.group(2)).filter(each -> each.toLong() > 0);
        int pods = size.group(3) == null ? Forms.PODS : Integer.parseInt(size.group(3));
        return cpu.flatMap(c -> memory.map(m -> new Sized(count, c, m, pods)));
    }

    /** How such nodes are written. */
    final class Forms {
        private static final Pattern COUNTED = Pattern.compile("(\\d{1,5})=(.+)");
        private static final Pattern SIZE = Pattern.compile("([^,]+),([^,]+)(?:,(\\d{1,4}))?");
        private static final int PODS = 110;

        private Forms() {}
    }

    /** Of that size, and with nothing else to tell them by than their name. */
    record Sized(int count, Quantity cpu, Quantity memory, int pods) implements NewNodes {
        private static final long LITTLE = 1L << 20;

        @Override
        public Optional<String> doubt() {
            return memory.toLong() < LITTLE
                    ? Optional.of("memory of %s bytes? Say %sGi".formatted(memory.toLong(), memory))
                    : Optional.empty();
        }

        @Override
        public List<Resource> nodes(int first, ClusterObjects cluster) {
            List<Resource> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                nodes.add(node(PREFIX + (first + i)));
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

    /** With the size, the labels and the lasting taints of a node that is there. */
    record Like(int count, String node) implements NewNodes {
        @Override
        public List<Resource> nodes(int first, ClusterObjects cluster) {
            List<Resource> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = PREFIX + (first + i);
                cluster.get(ClusterObjects.node(node))
                        .ifPresent(like -> nodes.add(NodeTemplate.of(like, name)));
            }
            return nodes;
        }

        @Override
        public String toString() {
            return count + "=" + node;
        }
    }
}
