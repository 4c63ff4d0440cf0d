package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Rules;
import java.util.List;

/** How pods are spread over topology domains. */
final class SpreadRules {
    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");

    private SpreadRules() {}

    static void check(Field constraints) {
        List<Field> all = constraints.items();
        for (int i = 0; i < all.size(); i++) {
            Field constraint = all.get(i);
            counts(constraint);
            notRepeated(constraint, all.subList(i + 1, all.size()));
            minDomains(constraint);
            policy(constraint.child("nodeAffinityPolicy"));
            policy(constraint.child("nodeTaintsPolicy"));
            AffinityRules.keysNeedSelector(constraint.child("matchLabelKeys"), constraint);
            AffinityRules.notInSelectorToo(constraint, constraint.child("matchLabelKeys"));
            LabelRules.selector(constraint.child("labelSelector"));
        }
    }

    private static void counts(Field constraint) {
        Field skew = constraint.child("maxSkew");
        if (skew.number() <= 0) {
            skew.invalidNumber(Rules.NOT_POSITIVE);
        }
        if (constraint.text("topologyKey").isEmpty()) {
            constraint.child("topologyKey").required("can not be empty");
        }
        if (!ACTIONS.contains(constraint.text("whenUnsatisfiable"))) {
            constraint.child("whenUnsatisfiable").notSupported(ACTIONS);
        }
    }

    private static void notRepeated(Field constraint, List<Field> rest) {
        String key = constraint.text("topologyKey");
        String action = constraint.text("whenUnsatisfiable");
        boolean isRepeated =
                rest.stream()
                        .anyMatch(
                                each ->
                                        each.text("topologyKey").equals(key)
                                                && each.text("whenUnsatisfiable").equals(action));
        if (isRepeated) {
            constraint
                    .child("{topologyKey, whenUnsatisfiable}")
                    .duplicateText("{%s, %s}".formatted(key, action));
        }
    }

    private static void minDomains(Field constraint) {
        Field least = constraint.child("minDomains");
        if (!least.isSet()) {
            return;
        }
        if (least.number() <= 0) {
            least.invalid(Rules.NOT_POSITIVE);
        }
        String action = constraint.text("whenUnsatisfiable");
        if (!action.equals("DoNotSchedule")) {
            least.invalid(
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
        }
    }

    private static void policy(Field policy) {
        if (policy.isSet() && !POLICIES.contains(policy.text())) {
            policy.notSupported(POLICIES);
        }
    }
}
