package dev.gantry.state.validation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A list of {@code metav1.Condition}. Compat: {@code ValidateConditions}. */
public final class ConditionRules {
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");
    private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
    private static final Pattern REASON_PATTERN = Pattern.compile(REASON);
    private static final int REASON_BYTES = 1 << 10;
    private static final int MESSAGE_BYTES = 32 << 10;

    private ConditionRules() {}

    public static void check(Field conditions) {
        Set<String> types = new TreeSet<>();
        for (Field condition : conditions.items()) {
            Field type = condition.child("type");
            if (!types.add(type.text())) {
                type.duplicate();
            }
            condition(condition, type);
        }
    }

    private static void condition(Field condition, Field type) {
        LabelRules.labelKey(type, type.text());
        Field status = condition.child("status");
        if (!STATUSES.contains(status.text())) {
            status.notSupportedText(status.text(), STATUSES);
        }
        Field observed = condition.child("observedGeneration");
        if (observed.number() < 0) {
            observed.invalid("must be greater than or equal to zero");
        }
        if (!condition.has("lastTransitionTime")) {
            condition.child("lastTransitionTime").required("");
        }
        Field reason = condition.child("reason");
        if (reason.isEmpty()) {
            reason.required("");
        } else if (!REASON_PATTERN.matcher(reason.text()).matches()) {
            reason.invalid(
                    "a condition reason must start with alphabetic character, optionally followed"
                            + " by a string of alphanumeric characters or '_,:', and must end with"
                            + " an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME', "
                            + " or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex"
                            + " used for validation is '"
                            + REASON
                            + "')");
        }
        if (reason.text().length() > REASON_BYTES) {
            reason.tooLong(REASON_BYTES);
        }
        if (condition.text("message").length() > MESSAGE_BYTES) {
            condition.child("message").tooLong(MESSAGE_BYTES);
        }
    }
}
