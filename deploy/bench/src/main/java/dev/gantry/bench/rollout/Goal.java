package dev.gantry.bench.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that is waited for after a request.
 *
 * @param key names the figure in JSON
 */
record Goal(String key, String what, Predicate<Sight> isReached) {
    /** After the creation of so many replicas. */
    static List<Goal> ofCreation(int replicas, boolean isRun) {
        List<Goal> goals = new ArrayList<>();
        goals.add(new Goal("createPodsMs", "create: pods exist", s -> s.pods() == replicas));
        if (isRun) {
            goals.add(new Goal("createBoundMs", "create: pods bound", s -> s.bound() == replicas));
            goals.add(new Goal("createReadyMs", "create: pods ready", s -> s.ready() == replicas));
            goals.add(
                    new Goal(
                            "createToldMs",
                            "create: its status says ready",
                            s -> s.readyAsTold() == replicas));
        } else {
            goals.add(
                    new Goal(
                            "createToldMs",
                            "create: its status says updated",
                            s -> s.updatedAsTold() == replicas));
        }
        return goals;
    }

    static List<Goal> ofScalingUp(int replicas, boolean isRun) {
        List<Goal> goals = new ArrayList<>();
        goals.add(new Goal("scaleUpPodsMs", "scale up: pods exist", s -> s.pods() == replicas));
        if (isRun) {
            goals.add(
                    new Goal("scaleUpReadyMs", "scale up: pods ready", s -> s.ready() == replicas));
        }
        return goals;
    }

    static List<Goal> ofScalingDown(int replicas) {
        return List.of(
                new Goal("scaleDownMs", "scale down: the rest gone", s -> s.pods() == replicas));
    }

    /** After a change of the template, of which all pods have to be made, and the old ones gone. */
    static List<Goal> ofUpdate(int replicas, int revision, boolean isRun) {
        return List.of(
                new Goal(
                        "updateMs",
                        isRun ? "rolling update: all new and ready" : "rolling update: all new",
                        s ->
                                s.pods() == replicas
                                        && s.ofRevision(revision) == replicas
                                        && (!isRun || s.ready() == replicas)));
    }

    static List<Goal> ofDeletion() {
        return List.of(new Goal("deleteMs", "delete: pods gone", s -> s.pods() == 0));
    }
}
