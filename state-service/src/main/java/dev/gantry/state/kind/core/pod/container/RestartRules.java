package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;

/** A container's own restart policy, and the exit codes for which it makes exceptions. */
final class RestartRules {
    private static final List<String> POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final int MAX_RULES = 20;
    private static final int MAX_CODES = 255;

    private RestartRules() {}

    /** Compat: the rules of an init container without a policy are not looked at. */
    static void ofInit(Field container) {
        if (container.has("restartPolicy")) {
            check(container);
        } else {
            policy(container);
        }
    }

    static void check(Field container) {
        policy(container);
        Field rules = container.child("restartPolicyRules");
        if (rules.items().size() > MAX_RULES) {
            rules.tooMany(rules.items().size(), MAX_RULES);
        }
        rules.items().forEach(RestartRules::rule);
    }

    private static void policy(Field container) {
        Field policy = container.child("restartPolicy");
        Field rules = container.child("restartPolicyRules");
        if (!policy.isSet()) {
            if (!rules.isEmpty()) {
                policy.required("must specify restartPolicy when restart rules are used");
            }
        } else if (!POLICIES.contains(policy.text())) {
            policy.notSupported(POLICIES);
        }
    }

    private static void rule(Field rule) {
        Field action = rule.child("action");
        if (!ACTIONS.contains(action.text())) {
            action.notSupported(ACTIONS);
        }
        Field codes = rule.child("exitCodes");
        if (!codes.isSet()) {
            codes.required("must be specified");
            return;
        }
        Field operator = codes.child("operator");
        if (!OPERATORS.contains(operator.text())) {
            operator.notSupported(OPERATORS);
        }
        int count = codes.child("values").items().size();
        if (count > MAX_CODES) {
            codes.child("values").tooMany(count, MAX_CODES);
        }
    }
}
