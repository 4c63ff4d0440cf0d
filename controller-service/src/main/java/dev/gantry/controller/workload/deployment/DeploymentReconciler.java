package dev.gantry.controller.workload.deployment;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One step of a rollout: make the new ReplicaSet, or resize those there are, or clean up; and say
 * how far it is.
 */
final class DeploymentReconciler implements Reconciler<DeploymentView, Action> {
    private static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;
    private static final GroupResource SETS = Resources.REPLICA_SETS;

    @Override
    public Plan<Action> reconcile(DeploymentView view, Instant now) {
        List<Action> actions = new ArrayList<>(view.adoption().actions());
        Resource deployment = view.deployment();
        if (!actions.isEmpty()) {
            return Plan.of(actions); // adopted sets come back with a new revision first
        }
        var step = new Step(view);
        if (deployment.isBeingDeleted()) {
            return withStatus(actions, step, false, now);
        }
        boolean isPaused = deployment.spec().path("paused").asBoolean(false);
        step.syncRevision();
        if (isPaused || step.isScaling()) {
            step.rollout().scaleInProportion(deployment);
            addChanges(actions, step);
            if (isPaused) {
                addCleanup(actions, step);
            }
            return withStatus(actions, step, false, now);
        }
        List<Action> rollback = AutoRollback.of(step);
        if (!rollback.isEmpty()) {
            return Plan.of(rollback);
        }
        AutoRollback.mark(step);
        if (DeploymentView.recreates(deployment)) {
            recreate(actions, step);
        } else {
            roll(actions, step);
        }
        return withStatus(actions, step, true, now);
    }

    private static void roll(List<Action> actions, Step step) {
        if (step.latest().isEmpty()) {
            addCreation(actions, step, true);
            return;
        }
        if (!step.rollout().resizeLatest()) {
            step.rollout().shrinkOld();
        }
        addChanges(actions, step);
        addCleanupIfComplete(actions, step);
    }

    /** First all old pods go, then the new ones come: no two versions run side by side. */
    private static void recreate(List<Action> actions, Step step) {
        List<SetDraft> active = step.old().stream().filter(SetDraft::isActive).toList();
        active.forEach(set -> set.scale(0, step.limits()));
        if (!active.isEmpty()) {
            addChanges(actions, step);
            return;
        }
        boolean hasOldPods =
                step.old().stream()
                        .anyMatch(set -> step.view().populated().contains(set.seen().uid()));
        if (hasOldPods) {
            addChanges(actions, step);
            return;
        }
        if (step.latest().isEmpty()) {
            addCreation(actions, step, false);
            return;
        }
        SetDraft latest = step.latest().get();
        if (latest.replicas() != step.limits().replicas()) {
            latest.scale(step.limits().replicas(), step.limits());
        }
        addChanges(actions, step);
        addCleanupIfComplete(actions, step);
    }

    private static void addCreation(List<Action> actions, Step step, boolean isRolling) {
        if (step.view().namesake().isPresent()) {
            return; // its name is taken: the status counts the collision, and the next name differs
        }
        int replicas = step.rollout().growth(0, isRolling);
        Resource set =
                Template.replicaSetFor(step.view().deployment(), replicas, step.newRevision());
        actions.add(new Action.Create(SETS, set));
    }

    private static void addChanges(List<Action> actions, Step step) {
        Resource deployment = step.view().deployment();
        for (SetDraft set : step.all()) {
            if (!set.isChanged()) {
                continue;
            }
            actions.add(new Action.Update(SETS, set.changed()));
            if (set.isRescaled()) {
                String direction = set.replicas() > set.replicasSeen() ? "up" : "down";
                String message =
                        "Scaled %s replica set %s from %d to %d"
                                .formatted(
                                        direction, set.name(), set.replicasSeen(), set.replicas());
                actions.add(
                        new Action.RecordEvent(
                                DEPLOYMENTS, deployment, false, "ScalingReplicaSet", message));
            }
        }
        // Compat: written with the status, since an update of annotations is a new generation.
        step.withRevision()
                .ifPresent(
                        next ->
                                actions.add(
                                        new Action.PutStatus(DEPLOYMENTS, next, next.revision())));
    }

    private static void addCleanupIfComplete(List<Action> actions, Step step) {
        if (DeploymentStatus.isComplete(step.view().deployment(), step.limits())) {
            addCleanup(actions, step);
        }
    }

    /** Deletes the oldest revisions that have no pods, beyond the history limit. */
    private static void addCleanup(List<Action> actions, Step step) {
        int limit =
                step.view()
                        .deployment()
                        .spec()
                        .path("revisionHistoryLimit")
                        .asInt(Integer.MAX_VALUE);
        List<SetDraft> old =
                step.old().stream()
                        .filter(set -> !set.seen().isBeingDeleted())
                        .sorted(Comparator.comparingLong(set -> Notes.revision(set.seen())))
                        .toList();
        for (SetDraft set : old.subList(0, Math.max(0, old.size() - limit))) {
            Resource seen = set.seen();
            boolean isEmpty =
                    set.replicas() == 0
                            && set.replicasSeen() == 0
                            && seen.status().path("replicas").asInt(0) == 0
                            && seen.status().path("observedGeneration").asLong(0)
                                    >= seen.generation();
            if (isEmpty) {
                actions.add(new Action.Delete(seen.key(SETS), seen.uid(), Propagation.BACKGROUND));
            }
        }
    }

    /** The status is left for the next look where the Deployment itself is written in this one. */
    private static Plan<Action> withStatus(
            List<Action> actions, Step step, boolean tracksProgress, Instant now) {
        boolean writesDeployment =
                actions.stream()
                        .anyMatch(
                                each ->
                                        each instanceof Action.PutStatus put
                                                && put.resource().equals(DEPLOYMENTS));
        if (writesDeployment) {
            return Plan.of(actions);
        }
        var status = new DeploymentStatus(step, tracksProgress, now);
        status.changed()
                .ifPresent(
                        next ->
                                actions.add(
                                        new Action.PutStatus(DEPLOYMENTS, next, next.revision())));
        Plan<Action> plan = Plan.of(actions);
        Optional<Instant> deadline = status.deadline();
        return deadline.map(plan::requeueAt).orElse(plan);
    }
}
