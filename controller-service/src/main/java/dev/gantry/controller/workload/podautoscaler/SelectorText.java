package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A label selector as a query parameter, and as Go prints it into messages. */
final class SelectorText {
    private SelectorText() {}

    /** Empty for one that selects everything. */
    static String query(JsonNode selector) {
        List<String> terms = new ArrayList<>();
        JsonNode labels = selector.path("matchLabels");
        for (String key : new TreeSet<>(labels.propertyNames())) {
            terms.add(key + "=" + labels.path(key).asString(""));
        }
        for (JsonNode each : selector.path("matchExpressions")) {
            String key = Resource.text(each, "key");
            String values = String.join(",", values(each));
            terms.add(
                    switch (Resource.text(each, "operator")) {
                        case "In" -> "%s in (%s)".formatted(key, values);
                        case "NotIn" -> "%s notin (%s)".formatted(key, values);
                        case "DoesNotExist" -> "!" + key;
                        default -> key;
                    });
        }
        return String.join(",", terms);
    }

    /** Compat: {@code LabelSelector.String} as generated from its protobuf definition. */
    static String printed(JsonNode selector) {
        if (!selector.isObject()) {
            return "nil";
        }
        StringBuilder labels = new StringBuilder();
        JsonNode pairs = selector.path("matchLabels");
        for (String key : new TreeSet<>(pairs.propertyNames())) {
            labels.append("%s: %s,".formatted(key, pairs.path(key).asString("")));
        }
        StringBuilder expressions = new StringBuilder();
        for (JsonNode each : selector.path("matchExpressions")) {
            expressions.append(
                    "LabelSelectorRequirement{Key:%s,Operator:%s,Values:[%s],},"
                            .formatted(
                                    Resource.text(each, "key"),
                                    Resource.text(each, "operator"),
                                    String.join(" ", values(each))));
        }
        return "&LabelSelector{MatchLabels:map[string]string{%s},MatchExpressions:[]LabelSelectorRequirement{%s},}"
                .formatted(labels, expressions);
    }

    private static List<String> values(JsonNode expression) {
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(each -> values.add(each.asString("")));
        return values;
    }
}
