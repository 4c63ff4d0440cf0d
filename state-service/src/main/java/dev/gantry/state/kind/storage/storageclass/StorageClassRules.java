package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.state.kind.storage.driver.DriverFieldRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compat: {@code ValidateStorageClass}. */
final class StorageClassRules {
    private static final List<String> RECLAIM = List.of("Delete", "Retain");
    private static final List<String> BINDING = List.of("Immediate", "WaitForFirstConsumer");

    private StorageClassRules() {}

    static void check(Field root) {
        DriverFieldRules.name(root.child("provisioner"));
        DriverFieldRules.parameters(root.child("parameters"));
        Field reclaim = root.child("reclaimPolicy");
        if (!reclaim.isEmpty() && !RECLAIM.contains(reclaim.text())) {
            reclaim.notSupported(RECLAIM);
        }
        Field binding = root.child("volumeBindingMode");
        if (!BINDING.contains(binding.text())) {
            binding.notSupported(BINDING);
        }
        topologies(root.child("allowedTopologies"));
    }

    /** Compat: a term that selects nothing is the same as each of the terms not yet looked at. */
    private static void topologies(Field topologies) {
        List<Field> terms = topologies.items();
        List<SortedMap<String, SortedSet<String>>> seen =
                new ArrayList<>(Collections.nCopies(terms.size(), new TreeMap<>()));
        for (Field term : terms) {
            Field expressions = term.child("matchLabelExpressions");
            SortedMap<String, SortedSet<String>> values = new TreeMap<>();
            expressions.items().forEach(each -> expression(each, values));
            seen.stream().filter(values::equals).forEach(_ -> expressions.duplicateText(""));
            seen.add(values);
        }
    }

    /**
     * @param found the values by key of the expressions before, to which this one's are added
     */
    private static void expression(Field expression, SortedMap<String, SortedSet<String>> found) {
        Field key = expression.child("key");
        Field values = expression.child("values");
        if (values.isEmpty()) {
            values.required("");
        }
        LabelRules.labelKey(key, key.text());
        SortedSet<String> seen = new TreeSet<>();
        for (Field value : values.items()) {
            if (!seen.add(value.text())) {
                value.duplicate();
            }
        }
        if (found.put(key.text(), seen) != null) {
            key.duplicate();
        }
    }

    static void unchanged(Field root, JsonNode stored) {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            root.child(field).immutable(stored.path(field));
        }
        root.child("volumeBindingMode").immutable(stored.path("volumeBindingMode"));
    }
}
