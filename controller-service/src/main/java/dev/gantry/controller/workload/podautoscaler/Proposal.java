package dev.gantry.controller.workload.podautoscaler;

import tools.jackson.databind.node.ObjectNode;

/** What one metric of an autoscaler asks for. */
sealed interface Proposal {
    /**
     * @param metric as events name it
     * @param status the metric as it is, for {@code status.currentMetrics}
     */
    record Replicas(int replicas, String metric, ObjectNode status) implements Proposal {}

    /**
     * @param why for the event and the condition of this metric
     * @param error for what is said of all metrics together
     */
    record Impossible(String reason, String why, String error) implements Proposal {}

    static Proposal of(MetricSpec metric, Measured measured, MetricTarget target) {
        return switch (target.calculate(metric, measured)) {
            case Calculation.Replicas found ->
                    new Replicas(
                            found.replicas(),
                            MetricText.called(metric),
                            MetricText.status(metric, found));
            case Calculation.Impossible impossible ->
                    new Impossible(
                            metric.type().failure(),
                            impossible.why(),
                            MetricText.error(metric, impossible.why()));
        };
    }
}
