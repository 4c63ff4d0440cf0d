package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.controller.workload.podautoscaler.ScaleHistory.Sample;
import dev.gantry.model.condition.Conditions.Wanted;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * From what the metrics ask for to what is done: stabilized, and held within limits.
 *
 * <p>Compat: {@code normalizeDesiredReplicas} with and without behaviours, with its conditions.
 */
record Normalization(int current, int recommended, int least, int most, Instant now) {
    private static final int AT_LEAST = 4;
    private static final String WITHIN = "the desired count is within the acceptable range";

    /** What comes out. */
    record Desired(int replicas, Wanted able, Wanted limited, ScaleHistory history) {}

    private record Limited(int replicas, String reason, String message) {}

    static Normalization of(JsonNode spec, int current, int recommended, Instant now) {
        return new Normalization(
                current,
                recommended,
                spec.path("minReplicas").asInt(1),
                spec.path("maxReplicas").asInt(1),
                now);
    }

    Desired apply(JsonNode spec, ScaleHistory history, AutoscalerSettings settings) {
        Duration kept = settings.downscaleStabilization();
        if (!spec.path("behavior").isObject()) {
            int stable = highest(history, now.minus(kept).minusNanos(1));
            return desired(
                    able(stable, true),
                    stable,
                    limitedByDefault(stable),
                    history.recommended(recommended, now, kept));
        }
        var up = ScalingRules.of(spec.path("behavior").path("scaleUp"), Duration.ZERO);
        var down = ScalingRules.of(spec.path("behavior").path("scaleDown"), kept);
        Duration longest =
                up.stabilization().compareTo(down.stabilization()) > 0
                        ? up.stabilization()
                        : down.stabilization();
        int stable = stabilized(history, up, down);
        return desired(
                able(stable, recommended < current),
                stable,
                limited(stable, history, up, down),
                history.recommended(recommended, now, longest));
    }

    /**
     * What there is, unless all that was recommended of late is more, or all of it is less.
     *
     * <p>Compat: {@code stabilizeRecommendationWithBehaviors}.
     */
    private int stabilized(ScaleHistory history, ScalingRules up, ScalingRules down) {
        int least = lowest(history, now.minus(up.stabilization()));
        int most = highest(history, now.minus(down.stabilization()));
        return Math.min(Math.max(current, least), most);
    }

    private int highest(ScaleHistory history, Instant after) {
        return history.recommendations().stream()
                .filter(each -> each.at().isAfter(after))
                .mapToInt(Sample::replicas)
                .reduce(recommended, Math::max);
    }

    private int lowest(ScaleHistory history, Instant after) {
        return history.recommendations().stream()
                .filter(each -> each.at().isAfter(after))
                .mapToInt(Sample::replicas)
                .reduce(recommended, Math::min);
    }

    private static Desired desired(Wanted able, int stable, Limited limited, ScaleHistory history) {
        boolean isWhole = limited.replicas == stable;
        return new Desired(
                limited.replicas,
                able,
                new Wanted(
                        "ScalingLimited",
                        isWhole ? "False" : "True",
                        limited.reason,
                        limited.message),
                history);
    }

    private Wanted able(int stable, boolean isDown) {
        if (stable == recommended) {
            return new Wanted(
                    "AbleToScale",
                    "True",
                    "ReadyForNewScale",
                    "recommended size matches current size");
        }
        return new Wanted(
                "AbleToScale",
                "True",
                isDown ? "ScaleDownStabilized" : "ScaleUpStabilized",
                isDown
                        ? "recent recommendations were higher than current one, applying the"
                                + " highest recent recommendation"
                        : "recent recommendations were lower than current one, applying the lowest"
                                + " recent recommendation");
    }

    /** Not more than twice as many at once. */
    private Limited limitedByDefault(int stable) {
        int allowed = Math.max(2 * current, AT_LEAST);
        if (stable < least) {
            return tooFew(least);
        }
        if (stable > Math.min(most, allowed)) {
            return most > allowed ? tooFast(allowed) : tooMany();
        }
        return new Limited(stable, "DesiredWithinRange", WITHIN);
    }

    private Limited limited(int stable, ScaleHistory history, ScalingRules up, ScalingRules down) {
        if (stable > current) {
            int allowed = up.mostAfter(current, history, now);
            if (stable > Math.min(most, allowed)) {
                return most > allowed ? tooFast(allowed) : tooMany();
            }
        } else if (stable < current) {
            int allowed = down.fewestAfter(current, history, now);
            if (stable < Math.max(least, allowed)) {
                return least < allowed
                        ? new Limited(
                                allowed,
                                "ScaleDownLimit",
                                "the desired replica count is decreasing faster than the maximum"
                                        + " scale rate")
                        : tooFew(least);
            }
        }
        return new Limited(stable, "DesiredWithinRange", WITHIN);
    }

    private static Limited tooFast(int allowed) {
        return new Limited(
                allowed,
                "ScaleUpLimit",
                "the desired replica count is increasing faster than the maximum scale rate");
    }

    private Limited tooMany() {
        return new Limited(
                most,
                "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
    }

    private static Limited tooFew(int least) {
        return new Limited(
                least,
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
    }
}
