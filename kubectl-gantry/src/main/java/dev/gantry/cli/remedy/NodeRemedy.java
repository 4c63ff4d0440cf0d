package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of one node, or of what runs on it. */
public sealed interface NodeRemedy extends Remedy
        permits NodeRemedy.Uncordon,
                NodeRemedy.Recover,
                NodeRemedy.SetLabel,
                NodeRemedy.Companion,
                NodeRemedy.PodsLeave {
    String CORDONED = "node.kubernetes.io/unschedulable";

    void applyTo(WhatIfCluster whatIf);

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
        public void applyTo(WhatIfCluster whatIf) {
            change(
                    whatIf,
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
        public void applyTo(WhatIfCluster whatIf) {
            change(whatIf, node, tree -> removeTaint(tree, taint));
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
        public void applyTo(WhatIfCluster whatIf) {
            change(
                    whatIf,
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
        /** All but that one. */
        PodsLeave without(ObjectKey spared) {
            List<ObjectKey> rest = pods.stream().filter(each -> !each.equals(spared)).toList();
            return new PodsLeave(node, rest, below, because);
        }

        @Override
        public String text() {
            String priority = below.isEmpty() ? "" : " of priority < " + below;
            String why = because.isEmpty() ? "" : " " + because;
            return VictimChoice.count(pods)
                    + priority
                    + why
                    + " left ("
                    + VictimChoice.names(pods)
                    + ")";
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
        public void applyTo(WhatIfCluster whatIf) {
            Set<String> leaving = new TreeSet<>();
            for (ObjectKey each : pods) {
                whatIf.get(each).ifPresent(pod -> leaving.add(pod.uid().value()));
                whatIf.remove(each);
            }
            for (Resource claim : whatIf.all(Kinds.RESOURCE_CLAIM)) {
                release(whatIf, claim, leaving);
            }
        }

        /** Controllers give back what was reserved for them alone. */
        private static void release(WhatIfCluster whatIf, Resource claim, Set<String> leaving) {
            ObjectKey key = claim.key(Resources.RESOURCE_CLAIMS);
            if (claim.owners().stream().anyMatch(each -> leaving.contains(each.uid().value()))) {
                whatIf.remove(key);
                return;
            }
            JsonNode users = claim.status().path("reservedFor");
            boolean isFree = !users.isEmpty();
            for (JsonNode each : users) {
                isFree &= leaving.contains(Resource.text(each, "uid"));
            }
            if (isFree) {
                Resource freed = claim.copy();
                Resource.child(freed.tree(), "status").remove(List.of("allocation", "reservedFor"));
                whatIf.put(key, freed);
            }
        }
    }

    /**
     * Another pod comes.
     *
     * @param what how people tell such pods
     */
    record Companion(String node, String namespace, SortedMap<String, String> labels, String what)
            implements NodeRemedy {
        @Override
        public String text() {
            return "a pod of %s ran on %s".formatted(what, node);
        }

        @Override
        public String alike() {
            return "companion " + what;
        }

        @Override
        public double weight() {
            return 16;
        }

        @Override
        public void applyTo(WhatIfCluster whatIf) {
            ObjectNode tree = JsonMapper.shared().createObjectNode();
            tree.put("apiVersion", "v1").put("kind", "Pod");
            ObjectNode metadata = tree.putObject("metadata");
            metadata.put("name", "companion").put("namespace", namespace).put("uid", "companion");
            ObjectNode its = metadata.putObject("labels");
            labels.forEach(its::put);
            tree.putObject("spec").put("nodeName", node).putArray("containers");
            whatIf.put(ClusterObjects.pod(namespace, "companion"), new Resource(tree));
        }
    }

    private static void change(WhatIfCluster whatIf, String node, Consumer<ObjectNode> edit) {
        ObjectKey key = ClusterObjects.node(node);
        whatIf.get(key)
                .ifPresent(
                        found -> {
                            Resource copy = found.copy();
                            edit.accept(copy.tree());
                            whatIf.put(key, copy);
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
