package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Compat: {@code validateHorizontalPodAutoscalerSpec}. */
final class AutoscalerRules {
    private static final int LONGEST_PERIOD = 1800;
    private static final int LONGEST_WINDOW = 3600;
    private static final String TOO_SMALL = "must be greater than zero";
    private static final String WITHOUT_GROUP = "ReplicationController";
    private static final List<String> SELECTIONS = List.of("Disabled", "Max", "Min");
    private static final List<String> POLICIES = List.of("Percent", "Pods");

    private AutoscalerRules() {}

    /**
     * @param fewest the lowest number of replicas that there may be
     * @param before the target until now: what was wrong with it already is let pass
     */
    static void spec(Field spec, int fewest, JsonNode before) {
        Field low = spec.child("minReplicas");
        Field high = spec.child("maxReplicas");
        if (low.isSet() && low.number() < fewest) {
            low.invalid("must be greater than or equal to " + fewest);
        }
        if (high.number() == 0) {
            high.required("must be set and greater than 0");
        } else if (high.number() < 0) {
            high.invalidNumber("must be greater than or equal to 1");
        }
        if (low.isSet() && high.number() < low.number()) {
            high.invalidNumber("must be greater than or equal to `minReplicas`");
        }
        Field target = spec.child("scaleTargetRef");
        reference(target);
        if (wrongVersion(before).isEmpty()) {
            wrongVersion(target.value())
                    .ifPresent(
                            why ->
                                    target.child("apiVersion")
                                            .invalidText(target.text("apiVersion"), why));
        }
        MetricRules.check(spec.child("metrics"), low.isSet() && low.number() == 0);
        for (String way : List.of("scaleUp", "scaleDown")) {
            Field rules = spec.child("behavior", way);
            if (rules.isSet()) {
                rules(rules);
            }
        }
    }

    static void reference(Field reference) {
        for (String name : List.of("kind", "name")) {
            Field field = reference.child(name);
            if (field.isEmpty()) {
                field.required("");
            } else {
                field.invalidFor(Names.pathSegment(field.text()));
            }
        }
    }

    /** What is scaled is found by its group, which only ReplicationControllers do not have. */
    private static Optional<String> wrongVersion(JsonNode target) {
        String version = Resource.text(target, "apiVersion");
        int slash = version.indexOf('/');
        if (target.isMissingNode() || Resource.text(target, "kind").equals(WITHOUT_GROUP)) {
            return Optional.empty();
        }
        if (slash != version.lastIndexOf('/')) {
            return Optional.of("unexpected GroupVersion string: " + version);
        }
        return slash <= 0 ? Optional.of("apiVersion must specify API group") : Optional.empty();
    }

    private static void rules(Field rules) {
        Field window = rules.child("stabilizationWindowSeconds");
        if (window.number() < 0) {
            window.invalid("must be greater than or equal to zero");
        }
        if (window.number() > LONGEST_WINDOW) {
            window.invalid("must be less than or equal to " + LONGEST_WINDOW);
        }
        Field selection = rules.child("selectPolicy");
        if (selection.isSet() && !SELECTIONS.contains(selection.text())) {
            selection.notSupported(SELECTIONS);
        }
        Field policies = rules.child("policies");
        if (policies.isEmpty()) {
            policies.required("must specify at least one Policy");
        }
        policies.items().forEach(AutoscalerRules::policy);
        Field tolerance = rules.child("tolerance");
        if (tolerance.quantity().map(each -> each.signum() < 0).orElse(false)) {
            tolerance.invalid("must be greater than or equal to 0");
        }
    }

    private static void policy(Field policy) {
        Field type = policy.child("type");
        if (!POLICIES.contains(type.text())) {
            type.notSupportedText(type.text(), POLICIES);
        }
        Field value = policy.child("value");
        if (value.number() <= 0) {
            value.invalidNumber(TOO_SMALL);
        }
        Field period = policy.child("periodSeconds");
        if (period.number() <= 0) {
            period.invalidNumber(TOO_SMALL);
        }
        if (period.number() > LONGEST_PERIOD) {
            period.invalid("must be less than or equal to " + LONGEST_PERIOD);
        }
    }
}
