package dev.gantry.state.kind.scheduling.policy;

import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import tools.jackson.databind.JsonNode;

/**
 * How the pods of a group are scheduled: one by one, or together. Compat: {@code
 * PodGroupSchedulingPolicy} of {@code scheduling.k8s.io/v1alpha2}.
 */
public final class GroupPolicyRules {
    /**
     * What a group or a template says besides, of features that are off where GenericWorkload and
     * GangScheduling alone are on.
     */
    public static final DisabledFields DISABLED =
            DisabledFields.of(
                    "schedulingConstraints", "resourceClaims", "priorityClassName", "priority");

    private GroupPolicyRules() {}

    public static void check(Field policy) {
        boolean isBasic = policy.has("basic");
        boolean isGang = policy.has("gang");
        if (isBasic && isGang) {
            policy.invalidText("{basic, gang}", "must specify exactly one of: `basic`, `gang`");
        } else if (!isBasic && !isGang) {
            policy.invalidText("", "must specify one of: `basic`, `gang`");
        }
        if (isGang) {
            minCount(policy.child("gang", "minCount"));
        }
    }

    /** Compat: the declarative rule shows no value. */
    public static void immutable(Field field, JsonNode stored) {
        if (!Sameness.same(field.value(), stored)) {
            field.invalidAs("null", Rules.IMMUTABLE);
        }
    }

    private static void minCount(Field count) {
        if (count.number() == 0) {
            count.required("");
        } else if (count.number() < 0) {
            count.invalidNumber("must be greater than or equal to 1");
        }
    }
}
