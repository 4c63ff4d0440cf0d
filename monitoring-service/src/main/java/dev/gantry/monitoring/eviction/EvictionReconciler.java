package dev.gantry.monitoring.eviction;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import dev.gantry.monitoring.health.Taints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    @Override
    public Plan<Action> reconcile(EvictionView view, Instant now) {
        if (view.pod().isBeingDeleted()) {
            return Plan.settled();
        }
        Optional<Instant> first = Optional.empty();
        for (JsonNode taint : view.taints()) {
            Optional<Instant> due = leavesAt(view.pod(), taint, now);
            if (due.isPresent() && (first.isEmpty() || due.get().isBefore(first.get()))) {
                first = due;
            }
        }
        if (first.isEmpty()) {
            return Plan.settled();
        }
        if (first.get().isAfter(now)) {
            return Plan.<Action>settled().askAgain(first.get());
        }
        if (view.isMassSilence() && view.taints().stream().allMatch(this::isFromSilence)) {
            return Plan.<Action>settled().askAgain(now.plus(LOOK_AGAIN));
        }
        return Plan.of(
                List.of(
                        new Action.Delete(
                                view.pod().key(BuiltinKind.POD.resource()),
                                view.pod().uid(),
                                Propagation.BACKGROUND)));
    }

    private boolean isFromSilence(JsonNode taint) {
        return Resource.text(taint, "key").equals(Taints.UNREACHABLE);
    }

    /** Empty where the pod may stay for good. */
    private static Optional<Instant> leavesAt(Resource pod, JsonNode taint, Instant now) {
        Instant since = Resource.instant(taint.path("timeAdded")).orElse(now);
        boolean isTolerated = false;
        Optional<Long> shortest = Optional.empty();
        for (JsonNode toleration : pod.spec().path("tolerations")) {
            if (!Toleration.of(toleration).tolerates(Taint.of(taint))) {
                continue;
            }
            isTolerated = true;
            JsonNode seconds = toleration.path("tolerationSeconds");
            if (seconds.isNumber()) {
                long limit = Math.max(0, seconds.asLong());
                shortest = Optional.of(Math.min(limit, shortest.orElse(limit)));
            }
        }
        if (!isTolerated) {
            return Optional.of(now);
        }
        return shortest.map(since::plusSeconds);
    }
}
