package dev.gantry.state.validation;

import dev.gantry.model.refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Maps of labels and annotations, and label selectors. */
public final class LabelRules {
    private static final long ANNOTATION_BYTES = 256L << 10;

    private LabelRules() {}

    public static void labels(Field labels) {
        labels.entries()
                .forEach(
                        (key, entry) -> {
                            labelKey(labels, key);
                            Names.labelValue(entry.text())
                                    .forEach(each -> labels.invalidText(entry.text(), each));
                        });
    }

    /** A key whose errors are reported at {@code at}. */
    public static void labelKey(Field at, String key) {
        Names.qualified(key).forEach(each -> at.invalidText(key, each));
    }

    public static void annotations(Field annotations) {
        long total = 0;
        for (var entry : annotations.entries().entrySet()) {
            String key = entry.getKey();
            Names.qualified(key.toLowerCase(java.util.Locale.ROOT))
                    .forEach(each -> annotations.invalidText(key, each));
            total += Names.bytes(key) + Names.bytes(entry.getValue().text());
        }
        if (total > ANNOTATION_BYTES) {
            annotations.tooLong((int) ANNOTATION_BYTES);
        }
    }

    /** A {@code metav1.LabelSelector}; one that is absent has no errors. */
    public static void selector(Field selector) {
        labels(selector.child("matchLabels"));
        selector.child("matchExpressions").items().forEach(LabelRules::requirement);
    }

    private static void requirement(Field requirement) {
        Field values = requirement.child("values");
        operator(requirement);
        labelKey(requirement.child("key"), requirement.text("key"));
        for (Field value : values.items()) {
            value.invalidFor(Names.labelValue(value.text()));
        }
    }

    /** The operators that every selector has, and how many values they take. */
    public static void operator(Field requirement) {
        Field values = requirement.child("values");
        switch (requirement.text("operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    values.required("must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    values.forbidden(
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> requirement.child("operator").invalid("not a valid selector operator");
        }
    }

    /** Whether the selector can be evaluated: nothing is wrong with it. */
    public static boolean isUsable(Field selector) {
        List<FieldError> errors = new ArrayList<>();
        selector(Field.root(selector.value(), errors));
        return errors.isEmpty();
    }

    /** Compat: as Go prints it, with the fields in the order in which they are declared. */
    public static String shown(Field selector) {
        if (!selector.isSet()) {
            return "null";
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        if (!selector.child("matchLabels").isEmpty()) {
            ObjectNode labels = shown.putObject("matchLabels");
            selector.child("matchLabels")
                    .entries()
                    .forEach((name, entry) -> labels.set(name, entry.value()));
        }
        if (!selector.child("matchExpressions").isEmpty()) {
            ArrayNode requirements = shown.putArray("matchExpressions");
            for (Field each : selector.child("matchExpressions").items()) {
                ObjectNode requirement = requirements.addObject();
                requirement.put("key", each.text("key")).put("operator", each.text("operator"));
                if (!each.child("values").isEmpty()) {
                    requirement.set("values", each.child("values").value());
                }
            }
        }
        return GoText.of(shown);
    }
}
