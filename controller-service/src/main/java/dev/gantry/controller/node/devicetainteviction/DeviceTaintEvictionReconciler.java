package dev.gantry.controller.node.devicetainteviction;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Disruption;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.taint.Endurance;
import java.time.Instant;
import java.util.Optional;

/**
 * A pod leaves at the earliest time at which one of the taints is no longer tolerated.
 *
 * <p>Example: taints A (tolerated for 300 s) and B (tolerated for good), added at 12:00: out at
 * 12:05.
 */
final class DeviceTaintEvictionReconciler implements Reconciler<DeviceTaintEvictionView, Action> {
    private static final Disruption DISRUPTION =
            new Disruption(
                    "DeletionByDeviceTaintManager",
                    "Device Taint manager: deleting due to NoExecute taint");

    @Override
    public Plan<Action> reconcile(DeviceTaintEvictionView view, Instant now) {
        Resource pod = view.pod();
        Optional<Instant> due =
                view.taints().stream()
                        .flatMap(
                                each ->
                                        Endurance.WITH_DEVICES
                                                .end(each.taint(), each.tolerations(), now)
                                                .stream())
                        .min(Instant::compareTo);
        boolean isThere = PodLife.isActive(pod) && !PodLife.node(pod).isEmpty();
        if (!isThere || due.isEmpty()) {
            return Plan.settled();
        }
        if (due.get().isAfter(now)) {
            return Plan.<Action>settled().requeueAt(due.get());
        }
        return Plan.of(DISRUPTION.evict(pod, now));
    }
}
