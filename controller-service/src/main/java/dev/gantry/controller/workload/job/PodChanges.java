package dev.gantry.controller.workload.job;

import dev.gantry.controller.pod.PodDeletionOrder;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which pods come and which go. Never both in one plan.
 *
 * <p>Example: five completions, three at once, three done, two running: nothing, since only two are
 * left to be done.
 *
 * <p>Compat: {@code manageJob}.
 *
 * @param active how many pods will be active then
 * @param wakeUp when a pod that must wait may come
 */
record PodChanges(List<Action> actions, int active, Optional<Instant> wakeUp) {
    private static final int AT_ONCE = 500;

    static PodChanges of(JobView view, Tally tally, Instant now) {
        int active = tally.active().size();
        if (tally.spec().isSuspended()) {
            return remove(tally.active(), tally);
        }
        int wanted = wanted(tally);
        List<Resource> surplus = surplus(tally, Math.max(0, active - wanted), now);
        if (!surplus.isEmpty()) {
            return remove(surplus, tally);
        }
        int terminating = tally.spec().replacesOnlyFailed() ? tally.terminating() : 0;
        int missing = Math.min(AT_ONCE, wanted - active - terminating);
        if (missing <= 0) {
            return new PodChanges(List.of(), active, Optional.empty());
        }
        return tally.spec().backoffLimitPerIndex().isPresent()
                ? createIndependently(missing, view, tally, now)
                : create(missing, view, tally, now);
    }

    /**
     * Compat: these keep their finalizer, and count as failed when they are gone, unless the Job
     * succeeded.
     */
    static PodChanges end(Tally tally) {
        List<Action> actions = new ArrayList<>();
        tally.active().forEach(pod -> actions.add(delete(pod)));
        return new PodChanges(actions, 0, Optional.empty());
    }

    private static int wanted(Tally tally) {
        JobSpec spec = tally.spec();
        OptionalInt completions = spec.completions();
        if (completions.isEmpty()) {
            return tally.succeededCount() > 0 ? tally.active().size() : spec.parallelism();
        }
        int left = Math.max(0, completions.getAsInt() - tally.succeededCount());
        return Math.min(left, spec.parallelism());
    }

    /** A pod that goes although it did nothing wrong is not counted. */
    private static PodChanges remove(List<Resource> pods, Tally tally) {
        List<Resource> some = pods.subList(0, Math.min(AT_ONCE, pods.size()));
        List<Action> actions = new ArrayList<>();
        for (Resource pod : some) {
            if (JobPod.isTracked(pod)) {
                actions.add(JobPod.untrack(pod));
            }
        }
        some.forEach(pod -> actions.add(delete(pod)));
        return new PodChanges(actions, tally.active().size() - some.size(), Optional.empty());
    }

    private static Action delete(Resource pod) {
        return new Action.Delete(pod.key(Resources.PODS), pod.uid(), Propagation.BACKGROUND);
    }

    /** Pods without a right index and twins always; more of them as there are too many. */
    private static List<Resource> surplus(Tally tally, int atLeast, Instant now) {
        Map<String, Integer> podsPerNode = new TreeMap<>();
        for (Resource pod : tally.active()) {
            podsPerNode.merge(PodLife.node(pod), 1, Integer::sum);
        }
        List<Resource> sorted = PodDeletionOrder.sorted(tally.active(), podsPerNode, now);
        List<Resource> going = new ArrayList<>();
        List<Resource> staying = new ArrayList<>();
        Set<Integer> seen = new TreeSet<>();
        for (Resource pod : sorted.reversed()) {
            OptionalInt index = JobPod.index(pod, tally.spec());
            boolean isUseful =
                    !tally.spec().isIndexed() || (index.isPresent() && seen.add(index.getAsInt()));
            (isUseful ? staying : going).add(pod);
        }
        for (Resource pod : staying.reversed()) {
            if (going.size() >= atLeast) {
                break;
            }
            going.add(pod);
        }
        return going;
    }

    private static PodChanges create(int missing, JobView view, Tally tally, Instant now) {
        int active = tally.active().size();
        Optional<Instant> next =
                PodBackoff.next(view.pods(), tally.spec(), now).filter(at -> at.isAfter(now));
        if (next.isPresent()) {
            return new PodChanges(List.of(), active, next);
        }
        List<Action> actions = new ArrayList<>();
        if (tally.spec().isIndexed()) {
            for (int index : pending(missing, view, tally)) {
                actions.add(create(JobTemplate.pod(tally.spec(), index, Optional.empty())));
            }
        } else {
            for (int i = 0; i < missing; i++) {
                actions.add(create(JobTemplate.pod(tally.spec())));
            }
        }
        return new PodChanges(actions, active + actions.size(), Optional.empty());
    }

    /** Each index waits for itself only. */
    private static PodChanges createIndependently(
            int missing, JobView view, Tally tally, Instant now) {
        List<Action> actions = new ArrayList<>();
        Optional<Instant> wakeUp = Optional.empty();
        for (int index : pending(missing, view, tally)) {
            Optional<Resource> failed = Optional.ofNullable(tally.awaiting().get(index));
            Optional<Instant> next =
                    failed.map(pod -> PodBackoff.nextOfIndex(pod, now))
                            .filter(at -> at.isAfter(now));
            if (next.isEmpty()) {
                actions.add(create(JobTemplate.pod(tally.spec(), index, failed)));
            } else if (wakeUp.isEmpty() || next.get().isBefore(wakeUp.get())) {
                wakeUp = next;
            }
        }
        return new PodChanges(actions, tally.active().size() + actions.size(), wakeUp);
    }

    private static Action create(Resource pod) {
        return new Action.Create(Resources.PODS, pod);
    }

    /** The first indexes that are neither done nor being worked on. */
    private static List<Integer> pending(int most, JobView view, Tally tally) {
        JobSpec spec = tally.spec();
        Set<Integer> taken = new TreeSet<>();
        for (Resource pod : view.pods()) {
            boolean isThere =
                    PodLife.isActive(pod)
                            || (spec.replacesOnlyFailed() && JobPod.isTerminating(pod));
            if (isThere) {
                JobPod.index(pod, spec).ifPresent(taken::add);
            }
        }
        List<Integer> found = new ArrayList<>();
        int completions = spec.completions().orElse(0);
        for (int index = 0; index < completions && found.size() < most; index++) {
            boolean isOver =
                    tally.succeededIndexes().has(index) || tally.failedIndexes().has(index);
            if (!isOver && !taken.contains(index)) {
                found.add(index);
            }
        }
        return found;
    }
}
