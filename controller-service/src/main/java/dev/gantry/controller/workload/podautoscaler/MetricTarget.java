package dev.gantry.controller.workload.podautoscaler;

import java.util.Optional;

/**
 * What a metric is held against.
 *
 * @param presentReplicas of the target as its status says
 */
record MetricTarget(ReplicaCalculator calculator, int presentReplicas, String namespace) {
    private static final String NEITHER =
            "invalid %s metric source: neither a value target nor an average value target was set";
    private static final String NO_USAGE =
            "invalid resource metric source: neither an average utilization target nor an average"
                    + " value (usage) target was set";

    Calculation calculate(MetricSpec metric, Measured measured) {
        return switch (measured) {
            case Measured.OfPods pods when metric.isOfResource() ->
                    resource(metric, pods).explained(why -> MetricText.ofResource(metric, why));
            case Measured.OfPods pods ->
                    calculator.average(
                            pods.samples(), "", metric.averageValueMilli().orElse(Long.MAX_VALUE));
            case Measured.Amount amount -> amount(metric, amount.milli());
            case Measured.Unknown unknown ->
                    new Calculation.Impossible(
                            MetricText.unavailable(metric, namespace, unknown.why()));
        };
    }

    private Calculation resource(MetricSpec metric, Measured.OfPods pods) {
        if (metric.averageValueMilli().isPresent()) {
            return calculator.average(
                    pods.samples(), metric.name(), metric.averageValueMilli().getAsLong());
        }
        return metric.averageUtilization().isPresent()
                ? calculator.utilization(
                        pods.samples(), metric, metric.averageUtilization().getAsInt())
                : new Calculation.Impossible(NO_USAGE);
    }

    private Calculation amount(MetricSpec metric, long milli) {
        if (metric.averageValueMilli().isPresent()) {
            return calculator.perPod(
                    milli, metric.averageValueMilli().getAsLong(), presentReplicas);
        }
        return Optional.of(metric)
                .filter(each -> each.valueMilli().isPresent())
                .map(each -> calculator.whole(milli, each.valueMilli().getAsLong()))
                .orElseGet(
                        () -> new Calculation.Impossible(NEITHER.formatted(metric.type().field())));
    }
}
