package dev.gantry.controller.workload.podautoscaler;

import java.time.Duration;

/**
 * What kube-controller-manager has flags for.
 *
 * @param syncPeriod how often each autoscaler is looked at
 * @param downscaleStabilization for how long the highest recommendation is kept where an autoscaler
 *     does not say it
 * @param tolerancePercent by how much a metric may miss its target without a change
 * @param cpuInitializationPeriod for how long after its start a pod's CPU is not believed
 * @param initialReadinessDelay a pod that became unready within this time was never ready
 */
public record AutoscalerSettings(
        Duration syncPeriod,
        Duration downscaleStabilization,
        int tolerancePercent,
        Duration cpuInitializationPeriod,
        Duration initialReadinessDelay) {
    public static final AutoscalerSettings DEFAULT = every(Duration.ofSeconds(15));

    public static AutoscalerSettings every(Duration syncPeriod) {
        return new AutoscalerSettings(
                syncPeriod,
                Duration.ofMinutes(5),
                10,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }
}
