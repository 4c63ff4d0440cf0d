package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.selector.NodeTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Which nodes a pod may run on, and which it would rather.
 *
 * @param selector the pairs of {@code nodeSelector}; empty where there are none
 * @param anyOf terms of the required node affinity, one of which must hold; empty where the pod
 *     asks for nothing, and then {@code asksForTerms} is false
 */
public record NodeAffinityTerms(
        Optional<NodeTerm> selector,
        boolean asksForTerms,
        List<NodeTerm> anyOf,
        List<Preference> preferred) {
    public static final NodeAffinityTerms NONE =
            new NodeAffinityTerms(Optional.empty(), false, List.of(), List.of());

    /** A term worth {@code weight} to the pod. */
    public record Preference(int weight, NodeTerm term) {}

    public boolean isAnyNodeRight() {
        return selector.isEmpty() && !asksForTerms;
    }

    public boolean allow(String nodeName, Map<String, String> labels) {
        if (selector.isPresent() && !selector.get().selects(nodeName, labels)) {
            return false;
        }
        if (!asksForTerms) {
            return true;
        }
        for (NodeTerm term : anyOf) {
            if (term.selects(nodeName, labels)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The only nodes that the terms can select, where every term names some; none where each of
     * them contradicts itself.
     */
    public Optional<List<String>> pinnedNodes() {
        if (!asksForTerms || anyOf.isEmpty()) {
            return Optional.empty();
        }
        SortedSet<String> found = new TreeSet<>();
        for (NodeTerm term : anyOf) {
            Optional<SortedSet<String>> nodes = term.pinnedNodes();
            if (nodes.isEmpty()) {
                return Optional.empty();
            }
            found.addAll(nodes.get());
        }
        return Optional.of(List.copyOf(found));
    }

    static NodeAffinityTerms of(JsonNode spec) {
        return of(spec.path("affinity").path("nodeAffinity"), spec.path("nodeSelector"));
    }

    /** What a NodeAffinity alone wants. */
    public static NodeAffinityTerms ofAffinity(JsonNode nodeAffinity) {
        return of(nodeAffinity, MissingNode.getInstance());
    }

    private static NodeAffinityTerms of(JsonNode affinity, JsonNode selector) {
        JsonNode required = affinity.path("requiredDuringSchedulingIgnoredDuringExecution");
        List<NodeTerm> anyOf = new ArrayList<>();
        for (JsonNode term : required.path("nodeSelectorTerms")) {
            anyOf.add(NodeTerm.of(term));
        }
        List<Preference> preferred = new ArrayList<>();
        for (JsonNode each : affinity.path("preferredDuringSchedulingIgnoredDuringExecution")) {
            preferred.add(
                    new Preference(
                            each.path("weight").asInt(0), NodeTerm.of(each.path("preference"))));
        }
        Optional<NodeTerm> pairs =
                selector.isEmpty() ? Optional.empty() : Optional.of(NodeTerm.exactly(selector));
        if (pairs.isEmpty() && required.isMissingNode() && preferred.isEmpty()) {
            return NONE;
        }
        return new NodeAffinityTerms(
                pairs, required.isObject(), List.copyOf(anyOf), List.copyOf(preferred));
    }
}
