package dev.gantry.state.validation;

import java.util.List;

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

    /** Whether the operators are such that the selector can be evaluated. */
    public static boolean isUsable(Field selector) {
        return selector.child("matchExpressions").items().stream()
                .allMatch(
                        each ->
                                List.of("In", "NotIn", "Exists", "DoesNotExist")
                                        .contains(each.text("operator")));
    }
}
