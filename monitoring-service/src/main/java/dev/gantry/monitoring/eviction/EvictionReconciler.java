package dev.gantry.monitoring.eviction;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Disruption;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.taint.Endurance;
import dev.gantry.monitoring.health.Taints;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod that tolerates a taint for some seconds leaves after the shortest of them; one that does
 * not tolerate it leaves at once.
 *
 * <p>Example: taints A (tolerated for 300 s) and B (tolerated for good), added at 12:00: out at
 * 12:05.
 */
final class EvictionReconciler implements Reconciler<EvictionView, Action> {
    private static final Disruption DISRUPTION =
            new Disruption(
                    "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    @Override
    public Plan<Action> reconcile(EvictionView view, Instant now) {
        if (view.pod().isBeingDeleted()) {
            return Plan.settled();
        }
        JsonNode tolerations = view.pod().spec().path("tolerations");
        Optional<Instant> first =
                view.taints().stream()
                        .flatMap(each -> Endurance.ON_NODES.end(each, tolerations, now).stream())
                        .min(Instant::compareTo);
        if (first.isEmpty()) {
            return Plan.settled();
        }
        if (first.get().isAfter(now)) {
            return Plan.<Action>settled().requeueAt(first.get());
        }
        if (view.isMassSilence() && view.taints().stream().allMatch(this::isFromSilence)) {
            return Plan.<Action>settled().requeueAt(now.plus(LOOK_AGAIN));
        }
        return Plan.of(DISRUPTION.evict(view.pod(), now));
    }

    private boolean isFromSilence(JsonNode taint) {
        return Resource.text(taint, "key").equals(Taints.UNREACHABLE);
    }
}
