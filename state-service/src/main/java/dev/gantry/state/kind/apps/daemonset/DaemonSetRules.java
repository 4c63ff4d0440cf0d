package dev.gantry.state.kind.apps.daemonset;

import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compat: {@code ValidateDaemonSetSpec} and {@code ValidateDaemonSetStatusUpdate}. */
final class DaemonSetRules {
    private static final List<String> TYPES = List.of("RollingUpdate", "OnDelete");
    private static final int WHOLE_PERCENT = 100;

    private DaemonSetRules() {}

    static void spec(Field spec) {
        Field selector = spec.child("selector");
        Field template = spec.child("template");
        LabelRules.selector(selector);
        if (LabelRules.isUsable(selector)) {
            TemplateOwnerRules.selected(template, selector);
        }
        boolean isEmpty =
                selector.isSet()
                        && selector.child("matchLabels").isEmpty()
                        && selector.child("matchExpressions").isEmpty();
        if (isEmpty) {
            selector.invalidAs(
                    LabelRules.shown(selector), "empty selector is invalid for daemonset");
        }
        PodTemplateRules.check(template);
        Field restart = template.child("spec", "restartPolicy");
        if (!restart.text().equals("Always")) {
            restart.notSupported(List.of("Always"));
        }
        Field deadline = template.child("spec", "activeDeadlineSeconds");
        if (deadline.isSet()) {
            deadline.forbidden("activeDeadlineSeconds in DaemonSet is not Supported");
        }
        spec.child("minReadySeconds").nonNegative();
        strategy(spec.child("updateStrategy"));
        spec.child("revisionHistoryLimit").nonNegative();
    }

    private static void strategy(Field strategy) {
        switch (strategy.text("type")) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> {
                Field rolling = strategy.child("rollingUpdate");
                if (rolling.isSet()) {
                    rollingUpdate(rolling);
                } else {
                    rolling.required("");
                }
            }
            default -> strategy.notSupportedAs(TemplateOwnerRules.shownStrategy(strategy), TYPES);
        }
    }

    private static void rollingUpdate(Field rolling) {
        Field unavailable = rolling.child("maxUnavailable");
        Field surge = rolling.child("maxSurge");
        TemplateOwnerRules.countOrPercent(unavailable);
        TemplateOwnerRules.countOrPercent(surge);
        for (Field each : List.of(unavailable, surge)) {
            if (each.value().isString() && TemplateOwnerRules.amountOf(each) > WHOLE_PERCENT) {
                each.invalid("must not be greater than 100%");
            }
        }
        boolean hasUnavailable = TemplateOwnerRules.amountOf(unavailable) != 0;
        boolean hasSurge = TemplateOwnerRules.amountOf(surge) != 0;
        if (hasUnavailable && hasSurge) {
            surge.invalid("may not be set when maxUnavailable is non-zero");
        } else if (!hasUnavailable && !hasSurge) {
            unavailable.required("cannot be 0 when maxSurge is 0");
        }
    }

    static void status(Field status, JsonNode before) {
        for (String count :
                List.of(
                        "currentNumberScheduled",
                        "numberMisscheduled",
                        "desiredNumberScheduled",
                        "numberReady",
                        "observedGeneration",
                        "updatedNumberScheduled",
                        "numberAvailable",
                        "numberUnavailable",
                        "collisionCount")) {
            status.child(count).nonNegative();
        }
        TemplateOwnerRules.neverDecremented(status.child("collisionCount"), before);
    }
}
