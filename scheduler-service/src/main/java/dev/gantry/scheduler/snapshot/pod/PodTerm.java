package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
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
    /** Whether the term matches a pod with these labels in this namespace. */
    public boolean matches(
            String namespace,
            SortedMap<String, String> labels,
            SortedMap<String, String> namespaceLabels) {
        boolean isInScope =
                namespaces.contains(namespace)
                        || namespaceSelector.filter(s -> s.selects(namespaceLabels)).isPresent();
        return isInScope && selector.selects(labels);
    }

    static List<PodTerm> listOf(
            JsonNode terms, String ownNamespace, SortedMap<String, String> ownLabels) {
        List<PodTerm> found = new ArrayList<>();
        for (JsonNode each : terms) {
            found.add(of(each, ownNamespace, ownLabels));
        }
        return List.copyOf(found);
    }

    /**
     * With {@code matchLabelKeys} and {@code mismatchLabelKeys}: other pods must have the same
     * values of these labels as the own pod, or other ones.
     *
     * <p>Compat: the API server writes them into the selector when the pod is made; what is there
     * already is not added again.
     */
    static PodTerm of(JsonNode term, String ownNamespace, SortedMap<String, String> ownLabels) {
        PodTerm plain = of(term, ownNamespace);
        if (!term.path("labelSelector").isObject()) {
            return plain;
        }
        List<Requirement> all = new ArrayList<>(plain.selector.requirements());
        addKeys(term.path("matchLabelKeys"), Operator.IN, ownLabels, all);
        addKeys(term.path("mismatchLabelKeys"), Operator.NOT_IN, ownLabels, all);
        return new PodTerm(
                plain.topologyKey,
                plain.namespaces,
                plain.namespaceSelector,
                new LabelSelector(all));
    }

    static void addKeys(
            JsonNode keys, Operator operator, SortedMap<String, String> own, List<Requirement> to) {
        for (JsonNode key : keys) {
            String value = own.get(key.asString(""));
            if (value != null) {
                var wanted = new Requirement(key.asString(""), operator, List.of(value));
                if (!to.contains(wanted)) {
                    to.add(wanted);
                }
            }
        }
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

    static final LabelSelector NOTHING =
            new LabelSelector(List.of(new Requirement("", Operator.IN, List.of())));
}
