package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns {@code matchLabelKeys} of a new pod into requirements on the values that this pod has, so
 * that the scheduler sees plain selectors. Compat: {@code mutatePodAffinity} and {@code
 * mutateTopologySpreadConstraints}.
 */
final class MatchLabelKeys {
    private MatchLabelKeys() {}

    static void merge(ObjectNode pod) {
        SortedMap<String, String> labels = new Resource(pod).labels();
        JsonNode affinity = pod.path("spec").path("affinity");
        for (String sort : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode terms = affinity.path(sort);
            Defaults.each(
                    terms.path("requiredDuringSchedulingIgnoredDuringExecution"),
                    term -> mergeTerm(term, labels));
            Defaults.each(
                    terms.path("preferredDuringSchedulingIgnoredDuringExecution"),
                    each ->
                            Defaults.within(
                                    each, "podAffinityTerm", term -> mergeTerm(term, labels)));
        }
        Defaults.each(
                pod.path("spec").path("topologySpreadConstraints"),
                each -> mergeTerm(each, labels));
    }

    private static void mergeTerm(ObjectNode term, SortedMap<String, String> labels) {
        if (term.path("labelSelector") instanceof ObjectNode selector) {
            require(selector, "In", term.path("matchLabelKeys"), labels);
            require(selector, "NotIn", term.path("mismatchLabelKeys"), labels);
        }
    }

    private static void require(
            ObjectNode selector, String operator, JsonNode keys, SortedMap<String, String> labels) {
        for (JsonNode key : keys) {
            String value = labels.get(key.asString(""));
            if (value == null) {
                continue;
            }
            ArrayNode expressions =
                    selector.path("matchExpressions") instanceof ArrayNode found
                            ? found
                            : selector.putArray("matchExpressions");
            expressions
                    .addObject()
                    .put("key", key.asString(""))
                    .put("operator", operator)
                    .putArray("values")
                    .add(value);
        }
    }
}
