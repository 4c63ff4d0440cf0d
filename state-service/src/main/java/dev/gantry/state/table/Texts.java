package dev.gantry.state.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Parts of objects as one text. */
public final class Texts {
    public static final String NONE = "<none>";
    public static final String UNSET = "<unset>";
    private static final int SHOWN = 3;

    private Texts() {}

    /** The texts under {@code pointer} in each item. */
    public static List<String> all(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.at(pointer).asString("")));
        return texts;
    }

    /** {@code a=b,c=d}, sorted. */
    public static String labels(JsonNode labels) {
        TreeMap<String, String> sorted = new TreeMap<>();
        labels.properties()
                .forEach(each -> sorted.put(each.getKey(), each.getValue().asString("")));
        List<String> pairs = new ArrayList<>();
        sorted.forEach((key, value) -> pairs.add(key + "=" + value));
        return pairs.isEmpty() ? NONE : String.join(",", pairs);
    }

    /** A label selector as one writes it on a command line. */
    public static String selector(JsonNode selector) {
        TreeMap<String, List<String>> terms = new TreeMap<>();
        for (var each : selector.path("matchLabels").properties()) {
            String term = each.getKey() + "=" + each.getValue().asString("");
            terms.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(term);
        }
        for (JsonNode each : selector.path("matchExpressions")) {
            String key = each.path("key").asString("");
            String values = "(" + String.join(",", all(each.path("values"), "")) + ")";
            String term =
                    switch (each.path("operator").asString("")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        default -> "!" + key;
                    };
            terms.computeIfAbsent(key, _ -> new ArrayList<>()).add(term);
        }
        return terms.isEmpty()
                ? NONE
                : terms.values().stream().flatMap(List::stream).collect(Collectors.joining(","));
    }

    public static String orUnset(JsonNode object, String field) {
        return object.hasNonNull(field) ? object.path(field).asString("") : UNSET;
    }

    /** The first three, and how many more. */
    public static String firstOf(List<String> texts, String fallback) {
        if (texts.size() <= SHOWN) {
            return texts.isEmpty() ? fallback : String.join(",", texts);
        }
        return "%s + %d more..."
                .formatted(String.join(",", texts.subList(0, SHOWN)), texts.size() - SHOWN);
    }
}
