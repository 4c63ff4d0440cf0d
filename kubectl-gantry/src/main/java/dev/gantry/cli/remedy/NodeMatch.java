package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Remedies where a pod and a node do not match: taints, labels, selectors. */
final class NodeMatch {
    private static final String RULE = "NodeAffinity";

    /** What identifies a node, which is not changed for a pod's sake. */
    static final Set<String> IDENTITY =
            Set.of("kubernetes.io/hostname", "kubernetes.io/os", "kubernetes.io/arch");

    private NodeMatch() {}

    /** All taints that keep the pod away must go or be tolerated. */
    static List<Remedy> forTaints(Case each) {
        List<Remedy> found = new ArrayList<>();
        for (JsonNode taint : each.nodeObject().spec().path("taints")) {
            Remedy remedy = forTaint(each.node(), taint);
            boolean forbids = !Resource.text(taint, "effect").equals("PreferNoSchedule");
            if (forbids && !found.contains(remedy) && keepsAway(each, taint)) {
                found.add(remedy);
            }
        }
        return found;
    }

    private static Remedy forTaint(String node, JsonNode taint) {
        String key = Resource.text(taint, "key");
        if (key.equals(NodeRemedy.CORDONED)) {
            return new NodeRemedy.Uncordon(node);
        }
        return key.startsWith("node.kubernetes.io/")
                ? new NodeRemedy.Recover(node, key)
                : new PodRemedy.Tolerate(
                        key, Resource.text(taint, "value"), Resource.text(taint, "effect"));
    }

    /** Asks the scheduler of a node that has this taint alone. */
    private static boolean keepsAway(Case each, JsonNode taint) {
        Resource alone = each.nodeObject().copy();
        Resource.child(alone.tree(), "spec").putArray("taints").add(taint);
        return each.whatIf()
                .tryOut(
                        () -> {
                            each.whatIf().put(ClusterObjects.node(each.node()), alone);
                            return each.whatIf()
                                    .rejects("TaintToleration", each.pod(), each.node());
                        });
    }

    /** The pod asks for less, or the node gets the labels. */
    static List<List<Remedy>> forLabels(Case each) {
        List<List<Remedy>> found = new ArrayList<>();
        List<Remedy> dropped = droppedPairs(each);
        if (!dropped.isEmpty() && each.silences(RULE, dropped)) {
            found.add(dropped);
        }
        labelled(each).ifPresent(found::add);
        List<Remedy> without = new ArrayList<>(dropped);
        without.add(new PodRemedy.DropNodeAffinity());
        if (!isPinned(each) && each.silences(RULE, without)) {
            found.add(without);
        }
        return found;
    }

    private static List<Remedy> droppedPairs(Case each) {
        Map<String, String> labels = each.nodeObject().labels();
        List<Remedy> dropped = new ArrayList<>();
        each.pod()
                .spec()
                .path("nodeSelector")
                .properties()
                .forEach(
                        pair -> {
                            String value = pair.getValue().asString("");
                            if (!value.equals(labels.get(pair.getKey()))) {
                                dropped.add(new PodRemedy.DropSelector(pair.getKey(), value));
                            }
                        });
        return dropped;
    }

    private static Optional<List<Remedy>> labelled(Case each) {
        List<Remedy> pairs = new ArrayList<>();
        for (Remedy dropped : droppedPairs(each)) {
            var pair = (PodRemedy.DropSelector) dropped;
            pairs.add(new NodeRemedy.SetLabel(each.node(), pair.key(), pair.value()));
        }
        List<List<Remedy>> choices = new ArrayList<>();
        choices.add(pairs);
        JsonNode terms =
                each.pod()
                        .spec()
                        .path("affinity")
                        .path("nodeAffinity")
                        .path(Terms.REQUIRED)
                        .path("nodeSelectorTerms");
        for (JsonNode term : terms) {
            List<Remedy> all = new ArrayList<>(pairs);
            labelsFor(each, term).stream().filter(one -> !all.contains(one)).forEach(all::add);
            choices.add(all);
        }
        return choices.stream()
                .filter(all -> all.stream().noneMatch(NodeMatch::changesIdentity))
                .filter(all -> !all.isEmpty() && each.silences(RULE, all))
                .min(Comparator.comparingInt(List::size));
    }

    /** Labels that make the expressions of one term true, as far as a label can. */
    private static List<Remedy> labelsFor(Case each, JsonNode term) {
        Map<String, String> labels = each.nodeObject().labels();
        List<Remedy> found = new ArrayList<>();
        for (JsonNode expression : term.path("matchExpressions")) {
            String key = Resource.text(expression, "key");
            String has = labels.getOrDefault(key, "");
            boolean isMissing =
                    switch (Resource.text(expression, "operator")) {
                        case "In" -> !lists(expression.path("values"), has);
                        case "Exists" -> !labels.containsKey(key);
                        default -> false;
                    };
            if (isMissing) {
                String value = expression.path("values").path(0).asString("");
                found.add(new NodeRemedy.SetLabel(each.node(), key, value));
            }
        }
        return found;
    }

    private static boolean lists(JsonNode values, String wanted) {
        for (JsonNode value : values) {
            if (value.asString("").equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean changesIdentity(Remedy remedy) {
        return remedy instanceof NodeRemedy.SetLabel label && IDENTITY.contains(label.key());
    }

    /** Made for one node: a pod of a DaemonSet. */
    private static boolean isPinned(Case each) {
        return each.pod().spec().path("affinity").toString().contains("matchFields");
    }
}
