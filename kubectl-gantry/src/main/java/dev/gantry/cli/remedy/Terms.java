package dev.gantry.cli.remedy;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Rules of a pod about other pods, in words. */
final class Terms {
    static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private Terms() {}

    static JsonNode required(JsonNode spec, String side) {
        return spec.path("affinity").path(side).path(REQUIRED);
    }

    static String preference(String side, JsonNode term) {
        String how = side.equals("podAffinity") ? "near" : "apart from";
        return how
                + " pods of "
                + selector(term.path("labelSelector"))
                + " (per "
                + Resource.text(term, "topologyKey")
                + ")";
    }

    /** Labels that the selector selects; empty where no single ones can be told. */
    static Optional<SortedMap<String, String>> labels(JsonNode selector) {
        SortedMap<String, String> labels = new TreeMap<>();
        selector.path("matchLabels")
                .properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asString("")));
        for (JsonNode each : selector.path("matchExpressions")) {
            String key = Resource.text(each, "key");
            switch (Resource.text(each, "operator")) {
                case "In" -> labels.put(key, each.path("values").path(0).asString(""));
                case "Exists" -> labels.put(key, "");
                default -> {}
            }
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(labels);
    }

    static String selector(JsonNode selector) {
        List<String> parts = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asString("")));
        for (JsonNode each : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            String list = values.isEmpty() ? "" : " (" + String.join(", ", values) + ")";
            parts.add(Resource.text(each, "key") + " " + Resource.text(each, "operator") + list);
        }
        return parts.isEmpty() ? "any label" : String.join(", ", parts);
    }
}
