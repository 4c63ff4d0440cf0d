package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.state.kind.storage.driver.DriverFieldRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.List;
import java.util.Set;
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

    private static void topologies(Field topologies) {
        Set<String> terms = new TreeSet<>();
        for (Field term : topologies.items()) {
            if (!terms.add(term.value().toString())) {
                term.child("matchLabelExpressions").duplicateText("");
            }
            Set<String> keys = new TreeSet<>();
            for (Field expression : term.child("matchLabelExpressions").items()) {
                expression(expression, keys);
            }
        }
    }

    private static void expression(Field expression, Set<String> keys) {
        Field key = expression.child("key");
        Field values = expression.child("values");
        if (values.isEmpty()) {
            values.required("");
        }
        LabelRules.labelKey(key, key.text());
        Set<String> seen = new TreeSet<>();
        for (Field value : values.items()) {
            if (!seen.add(value.text())) {
                value.duplicate();
            }
        }
        if (!keys.add(key.text())) {
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
