package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code spec.behavior.scaleUp} or {@code scaleDown}: how far a target may go at once.
 *
 * <p>Example: {@code {Percent, 100, 60 s}} and {@code {Pods, 4, 60 s}} with {@code Max}: in one
 * minute twice as many replicas, but four more in any case.
 */
record ScalingRules(Duration stabilization, Select select, List<Policy> policies) {
    /** Which of several policies counts. */
    enum Select {
        MAX,
        MIN,
        DISABLED
    }

    /** By how much at most within a period. */
    record Policy(boolean isPercent, int value, Duration period) {}

    static ScalingRules of(JsonNode rules, Duration stabilization) {
        JsonNode window = rules.path("stabilizationWindowSeconds");
        List<Policy> policies = new ArrayList<>();
        for (JsonNode each : rules.path("policies")) {
            policies.add(
                    new Policy(
                            Resource.text(each, "type").equals("Percent"),
                            each.path("value").asInt(0),
                            Duration.ofSeconds(each.path("periodSeconds").asLong(0))));
        }
        Select select =
                switch (Resource.text(rules, "selectPolicy")) {
                    case "Min" -> Select.MIN;
                    case "Disabled" -> Select.DISABLED;
                    default -> Select.MAX;
                };
        return new ScalingRules(
                window.isNumber() ? Duration.ofSeconds(window.asLong()) : stabilization,
                select,
                List.copyOf(policies));
    }

    /** The most replicas that may be, never fewer than there are. */
    int mostAfter(int current, ScaleHistory history, Instant now) {
        if (select == Select.DISABLED) {
            return current;
        }
        int limit = select == Select.MIN ? Integer.MAX_VALUE : 0;
        for (Policy each : policies) {
            int start = startOf(each, current, history, now);
            // Rounded up, as one percent of a few pods would be no change ever.
            int proposed =
                    each.isPercent
                            ? (int) Math.ceil(start * (1 + each.value / 100.0))
                            : start + each.value;
            limit = select == Select.MIN ? Math.min(limit, proposed) : Math.max(limit, proposed);
        }
        return Math.max(limit, current);
    }

    /** The fewest replicas that may be, never more than there are. */
    int fewestAfter(int current, ScaleHistory history, Instant now) {
        if (select == Select.DISABLED) {
            return current;
        }
        int limit = select == Select.MIN ? 0 : Integer.MAX_VALUE;
        for (Policy each : policies) {
            int start = startOf(each, current, history, now);
            int proposed =
                    each.isPercent ? (int) (start * (1 - each.value / 100.0)) : start - each.value;
            limit = select == Select.MIN ? Math.max(limit, proposed) : Math.min(limit, proposed);
        }
        return Math.min(limit, current);
    }

    /** How many replicas there were when the policy's period began. */
    private static int startOf(Policy policy, int current, ScaleHistory history, Instant now) {
        return current
                - ScaleHistory.sum(history.ups(), policy.period, now)
                + ScaleHistory.sum(history.downs(), policy.period, now);
    }
}
