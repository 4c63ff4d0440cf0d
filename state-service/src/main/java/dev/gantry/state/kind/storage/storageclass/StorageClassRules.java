package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compat: {@code ValidateStorageClass}. */
final class StorageClassRules {
    private static final int MOST_PARAMETERS = 512;
    private static final int PARAMETER_BYTES = 256 << 10;
    private static final List<String> RECLAIM = List.of("Delete", "Retain");
    private static final List<String> BINDING = List.of("Immediate", "WaitForFirstConsumer");

    private StorageClassRules() {}

    static void check(Field root) {
        Field provisioner = root.child("provisioner");
        if (provisioner.isEmpty()) {
            provisioner.required("");
        } else {
            Names.qualified(provisioner.text().toLowerCase(Locale.ROOT))
                    .forEach(each -> provisioner.invalidText(provisioner.text(), each));
        }
        parameters(root.child("parameters"));
        Field reclaim = root.child("reclaimPolicy");
        if (!reclaim.isEmpty() && !RECLAIM.contains(reclaim.text())) {
            reclaim.notSupported(RECLAIM);
        }
        root.child("volumeBindingMode").oneOf(BINDING);
        topologies(root.child("allowedTopologies"));
    }

    private static void parameters(Field parameters) {
        if (parameters.entries().size() > MOST_PARAMETERS) {
            parameters.tooLong(MOST_PARAMETERS);
            return;
        }
        int total = 0;
        for (var each : parameters.entries().entrySet()) {
            if (each.getKey().isEmpty()) {
                parameters.invalidText("", "field can not be empty.");
            }
            total += bytes(each.getKey()) + bytes(each.getValue().text());
        }
        if (total > PARAMETER_BYTES) {
            parameters.tooLong(PARAMETER_BYTES);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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
        LabelRules.labelKey(key, key.text());
        if (values.isEmpty()) {
            values.required("");
        }
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
            if (!Sameness.same(root.child(field).value(), stored.path(field))) {
                root.child(field).forbidden("updates to " + field + " are forbidden.");
            }
        }
        root.child("volumeBindingMode").immutable(stored.path("volumeBindingMode"));
    }
}
