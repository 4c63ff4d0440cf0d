package dev.gantry.controller.workload.daemonset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods come and which go: first each node gets what it shall have, then old pods are
 * replaced.
 *
 * <p>Example: five nodes, {@code maxUnavailable: 1}, one pod not ready: no other is replaced, but
 * the one that is not ready is, if it is old.
 */
final class DaemonPods {
    /** Compat: BurstReplicas. */
    private static final int AT_ONCE = 250;

    /**
     * Bounds how fast a node that refuses pods is given others. Compat: upstream doubles a wait.
     */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);

    private final DaemonSetView view;
    private final Instant now;
    private final UpdateLimits limits;
    private final List<Action> told = new ArrayList<>();
    private final List<Resource> going = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private Optional<Instant> wakeUp = Optional.empty();

    DaemonPods(DaemonSetView view, Instant now) {
        this.view = view;
        this.now = now;
        this.limits = UpdateLimits.of(view.set(), view.desired());
    }

    List<Action> actions() {
        for (Map.Entry<String, Suitability> each : view.suitability().entrySet()) {
            manage(each.getKey(), each.getValue());
        }
        view.stray().stream()
                .filter(pod -> !pod.isBeingDeleted() && PodLife.node(pod).isEmpty())
                .forEach(going::add);
        boolean isRolling =
                Resource.text(view.set().spec().path("updateStrategy"), "type")
                        .equals("RollingUpdate");
        if (going.isEmpty() && missing.isEmpty() && isRolling) {
            if (limits.maxSurge() == 0) {
                replaceInPlace();
            } else {
                replaceBySurge();
            }
        }
        return writes();
    }

    private List<Action> writes() {
        List<Action> actions = new ArrayList<>(told);
        going.stream()
                .limit(AT_ONCE)
                .forEach(
                        pod ->
                                actions.add(
                                        new Action.Delete(
                                                pod.key(Resources.PODS),
                                                pod.uid(),
                                                Propagation.BACKGROUND)));
        missing.stream()
                .limit(AT_ONCE)
                .forEach(
                        node ->
                                actions.add(
                                        new Action.Create(
                                                Resources.PODS,
                                                DaemonTemplate.pod(
                                                        view.set(), node, view.hash()))));
        return actions;
    }

    private void manage(String node, Suitability suitability) {
        List<Resource> pods = view.podsOf(node);
        if (suitability == Suitability.LEAVE) {
            pods.stream().filter(pod -> !pod.isBeingDeleted()).forEach(going::add);
            return;
        }
        if (pods.isEmpty()) {
            if (suitability == Suitability.RUN) {
                missing.add(node);
            }
            return;
        }
        List<Resource> running = new ArrayList<>();
        for (Resource pod : pods) {
            if (pod.isBeingDeleted()) {
                continue;
            }
            if (PodLife.isFinished(pod)) {
                end(pod, node);
            } else {
                running.add(pod);
            }
        }
        if (running.size() > 1) {
            removeTwins(running);
        } else if (limits.maxSurge() > 0
                && suitability == Suitability.RUN
                && pods.stream().allMatch(Resource::isBeingDeleted)) {
            missing.add(node); // another need not wait for their end
        }
    }

    /** When a pod that ended may be deleted, which is not yet. */
    Optional<Instant> wakeUp() {
        return wakeUp;
    }

    /** A pod that ended is deleted, and another comes when it is gone. */
    private void end(Resource pod, String node) {
        Instant due = pod.creationTime().orElse(Instant.EPOCH).plus(SHORTEST_LIFE);
        if (due.isAfter(now)) {
            wakeUp = wakeUp.filter(at -> at.isBefore(due)).or(() -> Optional.of(due));
            return;
        }
        boolean hasFailed = PodLife.phase(pod).equals("Failed");
        String message =
                "Found %s daemon pod %s/%s on node %s, will try to %s it"
                        .formatted(
                                hasFailed ? "failed" : "succeeded",
                                pod.namespace(),
                                pod.name(),
                                node,
                                hasFailed ? "kill" : "delete");
        told.add(
                new Action.RecordEvent(
                        Resources.DAEMON_SETS,
                        view.set(),
                        hasFailed,
                        hasFailed ? "FailedDaemonPod" : "SucceededDaemonPod",
                        message));
        going.add(pod);
    }

    /**
     * Compat: the oldest stays; while a surge is allowed, the oldest of the new template, and the
     * oldest of another one for as long as it is ready and the new one is not available.
     */
    private void removeTwins(List<Resource> running) {
        if (limits.maxSurge() == 0) {
            going.addAll(running.subList(1, running.size()));
            return;
        }
        Optional<Resource> current = running.stream().filter(view::isCurrent).findFirst();
        Optional<Resource> old = running.stream().filter(pod -> !view.isCurrent(pod)).findFirst();
        boolean isReplaced = current.filter(this::isAvailable).isPresent();
        boolean isOldOver = current.isPresent() && !old.map(PodLife::isReady).orElse(false);
        for (Resource pod : running) {
            boolean isOld = old.filter(pod::equals).isPresent() && !isReplaced && !isOldOver;
            if (!isOld && !current.filter(pod::equals).isPresent()) {
                going.add(pod);
            }
        }
    }

    /** An old pod goes before the new one comes. */
    private void replaceInPlace() {
        int unavailable = 0;
        List<Resource> candidates = new ArrayList<>();
        for (String node : suitable()) {
            List<Resource> pods = view.podsOf(node);
            Optional<Resource> only = only(pods);
            boolean isThere = only.filter(this::isAvailable).isPresent();
            unavailable += isThere ? 0 : 1;
            if (only.isPresent() && !view.isCurrent(only.get())) {
                (isThere ? candidates : going).add(only.get());
            }
        }
        int room = Math.max(0, limits.maxUnavailable() - unavailable);
        going.addAll(candidates.subList(0, Math.min(room, candidates.size())));
    }

    /** A new pod comes before the old one goes. */
    private void replaceBySurge() {
        int surge = 0;
        List<String> candidates = new ArrayList<>();
        for (String node : suitable()) {
            List<Resource> pods =
                    view.podsOf(node).stream().filter(pod -> !pod.isBeingDeleted()).toList();
            if (pods.size() > 1) {
                surge++;
            } else if (pods.size() == 1 && !view.isCurrent(pods.getFirst())) {
                (isAvailable(pods.getFirst()) ? candidates : missing).add(node);
            }
        }
        int room = Math.max(0, limits.maxSurge() - surge);
        missing.addAll(candidates.subList(0, Math.min(room, candidates.size())));
    }

    private List<String> suitable() {
        return view.suitability().entrySet().stream()
                .filter(each -> each.getValue() == Suitability.RUN)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The pod of a node that has just one, which is not going. */
    private static Optional<Resource> only(List<Resource> pods) {
        return pods.size() == 1 && !pods.getFirst().isBeingDeleted()
                ? Optional.of(pods.getFirst())
                : Optional.empty();
    }

    private boolean isAvailable(Resource pod) {
        return PodLife.availableAt(pod, view.minReady()).filter(at -> !at.isAfter(now)).isPresent();
    }
}
