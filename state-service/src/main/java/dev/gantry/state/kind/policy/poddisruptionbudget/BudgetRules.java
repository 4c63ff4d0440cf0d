package dev.gantry.state.kind.policy.poddisruptionbudget;

import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.LabelRules;
import java.util.List;

/** Compat: {@code pkg/apis/policy/validation}. */
final class BudgetRules {
    private static final List<String> POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");
    private static final int WHOLE_PERCENT = 100;

    private BudgetRules() {}

    static void check(Field spec) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            spec.invalidAs(
                    new GoStruct(spec.value())
                            .value("MinAvailable", "minAvailable")
                            .value("Selector", "selector")
                            .value("MaxUnavailable", "maxUnavailable")
                            .value("UnhealthyPodEvictionPolicy", "unhealthyPodEvictionPolicy")
                            .toString(),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        for (String name : List.of("minAvailable", "maxUnavailable")) {
            Field amount = spec.child(name);
            if (amount.isSet()) {
                TemplateOwnerRules.countOrPercent(amount);
                boolean isTooMuch =
                        amount.value().isString()
                                && TemplateOwnerRules.amountOf(amount) > WHOLE_PERCENT;
                if (isTooMuch) {
                    amount.invalid("must not be greater than 100%");
                }
            }
        }
        LabelRules.selector(spec.child("selector"));
        Field policy = spec.child("unhealthyPodEvictionPolicy");
        if (policy.isSet() && !POLICIES.contains(policy.text())) {
            policy.notSupported(POLICIES);
        }
    }

    static void status(Field status) {
        for (String name :
                List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
            status.child(name).nonNegative();
        }
    }
}
