package dev.gantry.scheduler.snapshot;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A pod affinity term: other pods, and how near "together" is.
 *
 * <p>Compat: {@code framework.AffinityTerm}. Namespaces that are named and those that the namespace
 * selector selects add up; neither means the pod's own.
 */
public record PodTerm(
        String topologyKey,
        SortedSet<String> namespaces,
        Optional<LabelSelector> namespaceSelector,
        LabelSelector selector) {
    /** Whether the term speaks of a pod with these labels in this namespace. */
    public boolean matches(
            String namespace,
            SortedMap<String, String> labels,
            SortedMap<String, String> namespaceLabels) {
        boolean isInScope =
                namespaces.contains(namespace)
                        || namespaceSelector.filter(s -> s.selects(namespaceLabels)).isPresent();
        return isInScope && selector.selects(labels);
    }

    static List<PodTerm> listOf(JsonNode terms, String ownNamespace) {
        List<PodTerm> found = new ArrayList<>();
        for (JsonNode each : terms) {
            found.add(of(each, ownNamespace));
        }
        return List.copyOf(found);
    }

    static PodTerm of(JsonNode term, String ownNamespace) {
        SortedSet<String> namespaces = new TreeSet<>();
        term.path("namespaces").forEach(each -> namespaces.add(each.asString("")));
        JsonNode selector = term.path("namespaceSelector");
        boolean hasSelector = selector.isObject();
        if (namespaces.isEmpty() && !hasSelector) {
            namespaces.add(ownNamespace);
        }
        return new PodTerm(
                Resource.text(term, "topologyKey"),
                namespaces,
                hasSelector ? Optional.of(LabelSelector.of(selector)) : Optional.empty(),
                selector(term.path("labelSelector")));
    }

    /** No selector at all selects nothing; an empty one everything. */
    private static LabelSelector selector(JsonNode selector) {
        return selector.isObject() ? LabelSelector.of(selector) : NOTHING;
    }

    private static final LabelSelector NOTHING =
            new LabelSelector(
                    List.of(
                            new LabelSelector.Requirement(
                                    "", LabelSelector.Operator.IN, List.of())));
}
