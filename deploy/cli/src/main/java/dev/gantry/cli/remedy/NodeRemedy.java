package dev.gantry.cli.remedy;

import dev.gantry.cli.world.Sandbox;
import dev.gantry.cli.world.World;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of one node, or of what runs on it. */
public sealed interface NodeRemedy extends Remedy
        permits NodeRemedy.Uncordon, NodeRemedy.Recover, NodeRemedy.SetLabel, NodeRemedy.PodsLeave {
    String CORDONED = "node.kubernetes.io/unschedulable";

    void applyTo(Sandbox sandbox);

    record Uncordon(String node) implements NodeRemedy {
        @Override
        public String text() {
            return node + " were uncordoned";
        }

        @Override
        public String alike() {
            return "uncordon";
        }

        @Override
        public double weight() {
            return 11;
        }

        @Override
        public void applyTo(Sandbox sandbox) {
            change(
                    sandbox,
                    node,
                    tree -> {
                        Resource.child(tree, "spec").remove("unschedulable");
                        removeTaint(tree, CORDONED);
                    });
        }
    }

    /** The node gets well, and the taint that says it is not goes away by itself. */
    record Recover(String node, String taint) implements NodeRemedy {
        @Override
        public String text() {
            String bare = taint.substring(taint.indexOf('/') + 1);
            return switch (bare) {
                case "not-ready", "unreachable" -> node + " were ready";
                case "network-unavailable" -> node + " had its network";
                default -> node + " were free of " + bare;
            };
        }

        @Override
        public String alike() {
            return "recover from " + taint;
        }

        @Override
        public double weight() {
            return 14;
        }

        @Override
        public void applyTo(Sandbox sandbox) {
            change(sandbox, node, tree -> removeTaint(tree, taint));
        }
    }

    record SetLabel(String node, String key, String value) implements NodeRemedy {
        @Override
        public String text() {
            return value.isEmpty()
                    ? node + " had the label " + key
                    : node + " had the label " + key + "=" + value;
        }

        @Override
        public String alike() {
            return "label " + key;
        }

        @Override
        public double weight() {
            return 12;
        }

        @Override
        public void applyTo(Sandbox sandbox) {
            change(
                    sandbox,
                    node,
                    tree ->
                            Resource.child(Resource.child(tree, "metadata"), "labels")
                                    .put(key, value));
        }
    }

    /**
     * @param below they all have a lower priority than this; empty where they don't
     * @param because what they hold, if it is more than space: "which hold host port 80"
     */
    record PodsLeave(String node, List<ObjectKey> pods, String below, String because)
            implements NodeRemedy {
        private static final int NAMED = 4;

        @Override
        public String text() {
            String many = pods.size() == 1 ? "1 pod" : pods.size() + " pods";
            String priority = below.isEmpty() ? "" : " of priority < " + below;
            String names =
                    pods.stream()
                            .limit(NAMED)
                            .map(ObjectKey::path)
                            .collect(Collectors.joining(", "));
            String more = pods.size() > NAMED ? ", …" : "";
            String why = because.isEmpty() ? "" : " " + because;
            return many + priority + why + " left (" + names + more + ")";
        }

        @Override
        public String alike() {
            return "pods leave";
        }

        @Override
        public double weight() {
            return (below.isEmpty() ? 16 : 12) + 3 * Math.min(pods.size(), 20);
        }

        @Override
        public void applyTo(Sandbox sandbox) {
            pods.forEach(sandbox::remove);
        }
    }

    private static void change(Sandbox sandbox, String node, Consumer<ObjectNode> edit) {
        ObjectKey key = World.node(node);
        sandbox.get(key)
                .ifPresent(
                        found -> {
                            Resource copy = found.copy();
                            edit.accept(copy.tree());
                            sandbox.put(key, copy);
                        });
    }

    private static void removeTaint(ObjectNode node, String key) {
        if (node.path("spec").path("taints") instanceof ArrayNode taints) {
            for (int i = taints.size() - 1; i >= 0; i--) {
                JsonNode each = taints.get(i);
                if (Resource.text(each, "key").equals(key)) {
                    taints.remove(i);
                }
            }
        }
    }
}
