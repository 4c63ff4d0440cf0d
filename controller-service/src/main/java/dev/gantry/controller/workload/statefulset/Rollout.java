package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.workload.history.History;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be done with the pods of a set now: the first thing in order, or all at once.
 *
 * <p>Steps: repair and create those that there shall be, from the lowest number up; delete those
 * that there are too many, from the highest down; replace those of an old revision, from the
 * highest down.
 *
 * <p>Example: three wanted in order, 0 runs, 1 starts, 2 is missing: nothing, until 1 is available.
 */
final class Rollout {
    private final StatefulSetView view;
    private final SetSpec spec;
    private final Instant now;
    private final String updated;
    private final String previous;
    private final List<Action> actions = new ArrayList<>();

    Rollout(StatefulSetView view, Instant now) {
        this.view = view;
        this.spec = new SetSpec(view.set());
        this.now = now;
        this.updated = view.current().revision().name();
        this.previous = previous(view);
    }

    /** The revision of which pods are that are not updated yet. */
    static String previous(StatefulSetView view) {
        String noted = Resource.text(view.set().status(), "currentRevision");
        return view.history()
                .named(noted)
                .map(Resource::name)
                .orElse(view.current().revision().name());
    }

    List<Action> actions() {
        if (keepWanted() || removeSurplus()) {
            return actions;
        }
        if (spec.isRolling()) {
            replaceOld();
        }
        return actions;
    }

    /** Whether all that comes later has to wait. */
    private boolean keepWanted() {
        for (int ordinal = spec.start(); ordinal < spec.end(); ordinal++) {
            Resource pod = view.pods().get(ordinal);
            boolean isBlocking = pod == null ? create(ordinal) : keep(pod, ordinal);
            if (isBlocking && spec.isOrdered()) {
                return true;
            }
        }
        return false;
    }

    private boolean create(int ordinal) {
        if (Claims.isAnyGoing(spec, ordinal, view.claims())) {
            return true;
        }
        boolean isOld = isPreviousNeeded(ordinal);
        String revision = isOld ? previous : updated;
        Resource source =
                isOld ? view.history().named(previous).orElseThrow() : view.current().revision();
        actions.addAll(Claims.missing(spec, ordinal, view.claims()));
        actions.add(
                new Action.Create(
                        Resources.PODS,
                        SetTemplate.pod(spec, ordinal, History.template(source), revision)));
        return true;
    }

    /** Compat: {@code isCurrentRevisionNeeded}. */
    private boolean isPreviousNeeded(int ordinal) {
        if (previous.equals(updated) || !spec.isRolling()) {
            return false;
        }
        int current = view.set().status().path("currentReplicas").asInt(0);
        return ordinal < (spec.hasPartition() ? spec.firstUpdated() : spec.start() + current);
    }

    private boolean keep(Resource pod, int ordinal) {
        if (PodLife.isFinished(pod) && !pod.isBeingDeleted()) {
            actions.add(delete(pod));
            return true;
        }
        if (pod.isBeingDeleted()) {
            return true;
        }
        actions.addAll(Claims.missing(spec, ordinal, view.claims()));
        actions.addAll(Claims.ownership(spec, pod, false, view.claims()));
        identify(pod, ordinal);
        return !isAvailable(pod);
    }

    /** A pod that was adopted may lack the labels that say who it is. */
    private void identify(Resource pod, int ordinal) {
        boolean isKnown =
                pod.name().equals(pod.labels().get(Identity.POD_NAME))
                        && Integer.toString(ordinal).equals(pod.labels().get(Identity.POD_INDEX));
        if (!isKnown) {
            Resource next = pod.copy();
            Resource.child(next.mutableMetadata(), "labels")
                    .put(Identity.POD_NAME, pod.name())
                    .put(Identity.POD_INDEX, Integer.toString(ordinal));
            actions.add(new Action.Update(Resources.PODS, next));
        }
    }

    /** Whether all that comes later has to wait. */
    private boolean removeSurplus() {
        TreeMap<Integer, Resource> surplus = new TreeMap<>(view.pods());
        surplus.keySet().removeIf(each -> each >= spec.start() && each < spec.end());
        Optional<Resource> firstUnhealthy = firstUnhealthy(surplus);
        for (Resource pod : surplus.descendingMap().values()) {
            if (pod.isBeingDeleted()) {
                if (spec.isOrdered()) {
                    return true;
                }
                continue;
            }
            boolean mustWait =
                    spec.isOrdered()
                            && !isAvailable(pod)
                            && !Optional.of(pod).equals(firstUnhealthy);
            if (mustWait) {
                return true;
            }
            actions.addAll(Claims.ownership(spec, pod, true, view.claims()));
            actions.add(delete(pod));
            if (spec.isOrdered()) {
                return true;
            }
        }
        return false;
    }

    /** Of all pods: that of the lowest number among the wanted, else of the highest. */
    private Optional<Resource> firstUnhealthy(TreeMap<Integer, Resource> surplus) {
        for (Map.Entry<Integer, Resource> each : view.pods().entrySet()) {
            if (!surplus.containsKey(each.getKey()) && !isHealthy(each.getValue())) {
                return Optional.of(each.getValue());
            }
        }
        for (Resource pod : surplus.descendingMap().values()) {
            if (!isHealthy(pod)) {
                return Optional.of(pod);
            }
        }
        return Optional.empty();
    }

    /** One at a time, and none while one of a higher number is on its way. */
    private void replaceOld() {
        for (int ordinal = spec.end() - 1; ordinal >= spec.firstUpdated(); ordinal--) {
            Resource pod = view.pods().get(ordinal);
            if (pod == null) {
                return;
            }
            if (!Identity.revision(pod).equals(updated) && !pod.isBeingDeleted()) {
                actions.add(delete(pod));
                return;
            }
            if (!isAvailable(pod)) {
                return;
            }
        }
    }

    private static Action delete(Resource pod) {
        return new Action.Delete(pod.key(Resources.PODS), pod.uid(), Propagation.BACKGROUND);
    }

    static boolean isHealthy(Resource pod) {
        return !pod.isBeingDeleted() && isRunning(pod);
    }

    static boolean isRunning(Resource pod) {
        return PodLife.phase(pod).equals("Running") && PodLife.isReady(pod);
    }

    private boolean isAvailable(Resource pod) {
        return isHealthy(pod)
                && PodLife.availableAt(pod, spec.minReady())
                        .filter(at -> !at.isAfter(now))
                        .isPresent();
    }
}
