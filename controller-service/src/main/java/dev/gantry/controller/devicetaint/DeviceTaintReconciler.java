package dev.gantry.controller.devicetaint;

import dev.gantry.controller.devicetaint.DeviceTaintView.Found;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod leaves at the earliest time at which one of the taints is no longer tolerated.
 *
 * <p>Example: taints A (tolerated for 300 s) and B (tolerated for good), added at 12:00: out at
 * 12:05.
 */
final class DeviceTaintReconciler implements Reconciler<DeviceTaintView, Action> {
    private static final Conditions.Wanted CONDITION =
            new Conditions.Wanted(
                    "DisruptionTarget",
                    "True",
                    "DeletionByDeviceTaintManager",
                    "Device Taint manager: deleting due to NoExecute taint");

    @Override
    public Plan<Action> reconcile(DeviceTaintView view, Instant now) {
        Resource pod = view.pod();
        Optional<Instant> due =
                view.taints().stream()
                        .flatMap(each -> leavesAt(each, now).stream())
                        .min(Instant::compareTo);
        boolean isThere = PodLife.isActive(pod) && !PodLife.node(pod).isEmpty();
        if (!isThere || due.isEmpty()) {
            return Plan.settled();
        }
        if (due.get().isAfter(now)) {
            return Plan.<Action>settled().askAgain(due.get());
        }
        return Plan.of(
                List.of(
                        new Action.PutStatus(
                                DeviceTaintDuty.PODS, marked(pod, now), pod.revision()),
                        new Action.Delete(
                                pod.key(DeviceTaintDuty.PODS), pod.uid(), Propagation.BACKGROUND)));
    }

    private static Resource marked(Resource pod, Instant now) {
        Resource next = pod.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        ArrayNode conditions = Resource.array(status, "conditions");
        Conditions.set(conditions, CONDITION, now);
        return next;
    }

    /** Empty where the pod may stay for good. */
    private static Optional<Instant> leavesAt(Found found, Instant now) {
        Instant since = Resource.instant(found.taint().path("timeAdded")).orElse(now);
        boolean isTolerated = false;
        Optional<Long> shortest = Optional.empty();
        for (JsonNode toleration : found.tolerations()) {
            if (!Toleration.of(toleration).tolerates(Taint.of(found.taint()))) {
                continue;
            }
            isTolerated = true;
            JsonNode seconds = toleration.path("tolerationSeconds");
            if (!seconds.isNumber()) {
                return Optional.empty();
            }
            long limit = Math.max(0, seconds.asLong());
            shortest = Optional.of(Math.min(limit, shortest.orElse(limit)));
        }
        return isTolerated ? shortest.map(since::plusSeconds) : Optional.of(since);
    }
}
