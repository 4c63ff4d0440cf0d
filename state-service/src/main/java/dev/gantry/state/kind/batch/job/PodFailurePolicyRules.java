package dev.gantry.state.kind.batch.job;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What it means when pods fail in this way or that. Compat: {@code validatePodFailurePolicy}. */
final class PodFailurePolicyRules {
    private static final int MOST_RULES = 20;
    private static final int MOST_CODES = 255;
    private static final int MOST_PATTERNS = 20;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private PodFailurePolicyRules() {}

    static void check(Field spec) {
        Field policy = spec.child("podFailurePolicy");
        if (!policy.isSet()) {
            return;
        }
        Field rules = policy.child("rules");
        if (rules.items().size() > MOST_RULES) {
            rules.tooMany(rules.items().size(), MOST_RULES);
        }
        Set<String> containers = new TreeSet<>();
        for (String list : List.of("containers", "initContainers")) {
            spec.child("template", "spec")
                    .child(list)
                    .items()
                    .forEach(each -> containers.add(each.text("name")));
        }
        for (Field rule : rules.items()) {
            rule(rule, spec.has("backoffLimitPerIndex"), containers);
        }
    }

    private static void rule(Field rule, boolean countsPerIndex, Set<String> containers) {
        Field action = rule.child("action");
        oneOf(action, ACTIONS);
        if (action.text().equals("FailIndex") && !countsPerIndex) {
            action.invalid("requires the backoffLimitPerIndex to be set");
        }
        Field codes = rule.child("onExitCodes");
        Field conditions = rule.child("onPodConditions");
        if (codes.isSet()) {
            exitCodes(codes, containers);
        }
        if (conditions.items().size() > MOST_PATTERNS) {
            conditions.tooMany(conditions.items().size(), MOST_PATTERNS);
        }
        for (Field pattern : conditions.items()) {
            LabelRules.labelKey(pattern.child("type"), pattern.text("type"));
            oneOf(pattern.child("status"), STATUSES);
        }
        if (codes.isSet() && !conditions.isEmpty()) {
            rule.invalidWithoutValue(
                    "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (!codes.isSet() && conditions.isEmpty()) {
            rule.invalidWithoutValue(
                    "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void oneOf(Field field, List<String> supported) {
        if (field.isEmpty()) {
            field.required(
                    supported.stream()
                            .map(each -> '"' + each + '"')
                            .collect(Collectors.joining(" ", "valid values: [", "]")));
        } else if (!supported.contains(field.text())) {
            field.notSupported(supported);
        }
    }

    private static void exitCodes(Field codes, Set<String> containers) {
        Field operator = codes.child("operator");
        oneOf(operator, OPERATORS);
        Field container = codes.child("containerName");
        if (container.isSet() && !containers.contains(container.text())) {
            container.invalid(
                    "must be one of the container or initContainer names in the pod template");
        }
        Field values = codes.child("values");
        int count = values.items().size();
        if (count == 0) {
            values.invalidAs(values.isSet() ? "[]" : "null", "at least one value is required");
        } else if (count > MOST_CODES) {
            values.tooMany(count, MOST_CODES);
        }
        values(values, operator.text().equals("In"));
    }

    private static void values(Field values, boolean isIn) {
        List<Long> before = new ArrayList<>();
        boolean isOrdered = true;
        for (Field value : values.items()) {
            if (isIn && value.number() == 0) {
                value.invalid("must not be 0 for the In operator");
            }
            if (before.contains(value.number())) {
                value.duplicate();
            }
            isOrdered &= before.isEmpty() || before.getLast() <= value.number();
            before.add(value.number());
        }
        if (!isOrdered) {
            values.invalid("must be ordered");
        }
    }
}
