package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.quantity.Quantity;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** By how much a metric may miss its target, as a part of it, without a change of scale. */
record Tolerances(double up, double down) {
    static Tolerances of(JsonNode behavior, AutoscalerSettings settings) {
        double otherwise = settings.tolerancePercent() / 100.0;
        return new Tolerances(
                of(behavior.path("scaleUp")).orElse(otherwise),
                of(behavior.path("scaleDown")).orElse(otherwise));
    }

    boolean allow(double ratio) {
        return ratio >= 1 - down && ratio <= 1 + up;
    }

    private static Optional<Double> of(JsonNode rules) {
        return Quantity.parse(rules.path("tolerance").asString(""))
                .map(each -> each.value().doubleValue());
    }
}
