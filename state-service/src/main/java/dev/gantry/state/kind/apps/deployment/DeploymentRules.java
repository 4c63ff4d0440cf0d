package dev.gantry.state.kind.apps.deployment;

import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.validation.Field;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compat: {@code ValidateDeploymentSpec} and {@code ValidateDeploymentStatus}. */
final class DeploymentRules {
    private static final List<String> TYPES = List.of("Recreate", "RollingUpdate");

    private DeploymentRules() {}

    static void spec(Field spec) {
        spec.child("replicas").nonNegative();
        TemplateOwnerRules.selectorAndTemplate(spec);
        strategy(spec.child("strategy"));
        Field ready = spec.child("minReadySeconds");
        ready.nonNegative();
        spec.child("revisionHistoryLimit").nonNegative();
        Field deadline = spec.child("progressDeadlineSeconds");
        if (deadline.isSet()) {
            deadline.nonNegative();
            if (deadline.number() <= ready.number()) {
                deadline.invalid("must be greater than minReadySeconds");
            }
        }
    }

    private static void strategy(Field strategy) {
        Field rolling = strategy.child("rollingUpdate");
        switch (strategy.text("type")) {
            case "Recreate" -> {
                if (rolling.isSet()) {
                    rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> rollingUpdate(rolling);
            default -> strategy.notSupportedAs(TemplateOwnerRules.shownStrategy(strategy), TYPES);
        }
    }

    private static void rollingUpdate(Field rolling) {
        if (!rolling.isSet()) {
            rolling.required("this should be defaulted and never be nil");
            return;
        }
        Field unavailable = rolling.child("maxUnavailable");
        Field surge = rolling.child("maxSurge");
        TemplateOwnerRules.countOrPercent(unavailable);
        TemplateOwnerRules.countOrPercent(surge);
        boolean standsStill =
                TemplateOwnerRules.amountOf(unavailable) == 0
                        && TemplateOwnerRules.amountOf(surge) == 0;
        if (standsStill) {
            unavailable.invalid("may not be 0 when `maxSurge` is 0");
        }
        if (unavailable.value().isString() && TemplateOwnerRules.amountOf(unavailable) > 100) {
            unavailable.invalid("must not be greater than 100%");
        }
    }

    static void status(Field status, JsonNode before) {
        TemplateOwnerRules.counts(
                status,
                List.of(
                        "observedGeneration",
                        "replicas",
                        "updatedReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "unavailableReplicas",
                        "terminatingReplicas",
                        "collisionCount"),
                List.of("updatedReplicas", "readyReplicas", "availableReplicas"));
        TemplateOwnerRules.neverDecremented(status.child("collisionCount"), before);
    }
}
