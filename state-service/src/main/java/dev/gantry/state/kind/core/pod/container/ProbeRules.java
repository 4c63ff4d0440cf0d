package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;

/** The three probes of a container. */
final class ProbeRules {
    private static final List<String> COUNTS =
            List.of(
                    "initialDelaySeconds",
                    "timeoutSeconds",
                    "periodSeconds",
                    "successThreshold",
                    "failureThreshold");

    private ProbeRules() {}

    static void liveness(Field probe, PodContext context) {
        common(probe, context);
        oneSuccess(probe);
    }

    static void startup(Field probe, PodContext context) {
        common(probe, context);
        oneSuccess(probe);
    }

    static void readiness(Field probe, PodContext context) {
        common(probe, context);
        Field grace = probe.child("terminationGracePeriodSeconds");
        if (grace.isSet()) {
            grace.invalid("must not be set for readinessProbes");
        }
    }

    private static void common(Field probe, PodContext context) {
        if (!probe.isSet()) {
            return;
        }
        ActionRules.probe(probe, context);
        COUNTS.forEach(each -> probe.child(each).nonNegative());
        Field grace = probe.child("terminationGracePeriodSeconds");
        if (grace.isSet() && grace.number() <= 0) {
            grace.invalid("must be greater than 0");
        }
    }

    private static void oneSuccess(Field probe) {
        Field threshold = probe.child("successThreshold");
        if (probe.isSet() && threshold.number() != 1) {
            threshold.invalidNumber("must be 1");
        }
    }
}
