package dev.gantry.controller.workload.deployment;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Deployment that asks for it goes back to its last revision that was wholly available, once a
 * newer one misses the progress deadline.
 *
 * <p>Gantry's own. Each revision that was wholly available is marked on its ReplicaSet. What was
 * available once is never rolled back, so a Deployment goes back at most once for each new
 * template.
 */
final class AutoRollback {
    /** On a Deployment: {@code "true"}. */
    static final String WANTED = "gantry.dev/auto-rollback";

    /** On a ReplicaSet: all replicas of its revision were available. */
    static final String AVAILABLE = "gantry.dev/was-available";

    private AutoRollback() {}

    /** Marks the latest set where all of it is available. */
    static void mark(Step step) {
        Resource deployment = step.view().deployment();
        boolean isAvailable =
                isWanted(deployment)
                        && step.limits().replicas() > 0
                        && DeploymentStatus.isComplete(deployment, step.limits());
        if (isAvailable) {
            step.latest().ifPresent(set -> set.annotate(AVAILABLE, "true"));
        }
    }

    /** Empty where nothing is to be taken back. */
    static List<Action> of(Step step) {
        Resource deployment = step.view().deployment();
        Optional<SetDraft> latest = step.latest();
        if (!isWanted(deployment)
                || latest.isEmpty()
                || wasAvailable(latest.get())
                || !isTimedOut(deployment)) {
            return List.of();
        }
        return step.old().stream()
                .filter(AutoRollback::wasAvailable)
                .filter(set -> !set.seen().isBeingDeleted())
                .max(Comparator.comparingLong(set -> Notes.revision(set.seen())))
                .map(last -> back(deployment, latest.get(), last))
                .orElse(List.of());
    }

    private static List<Action> back(Resource deployment, SetDraft failed, SetDraft last) {
        Resource next = deployment.copy();
        ObjectNode template = (ObjectNode) last.seen().spec().path("template").deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(Notes.HASH);
        }
        Resource.child(next.tree(), "spec").set("template", template);
        String message =
                "Rolled back to revision %d (replica set %s): revision %d (replica set %s) was not available within %d seconds"
                        .formatted(
                                Notes.revision(last.seen()),
                                last.name(),
                                Notes.revision(failed.seen()),
                                failed.name(),
                                deployment.spec().path("progressDeadlineSeconds").asLong(600));
        return List.of(
                new Action.Update(Resources.DEPLOYMENTS, next),
                new Action.RecordEvent(
                        Resources.DEPLOYMENTS, deployment, true, "AutomaticRollback", message));
    }

    private static boolean isWanted(Resource deployment) {
        return "true".equals(deployment.annotations().get(WANTED));
    }

    private static boolean wasAvailable(SetDraft set) {
        return "true".equals(set.seen().annotations().get(AVAILABLE));
    }

    /** Of this template: the condition of an earlier one says nothing. */
    private static boolean isTimedOut(Resource deployment) {
        JsonNode status = deployment.status();
        return status.path("observedGeneration").asLong(0) >= deployment.generation()
                && Conditions.find(status.path("conditions"), "Progressing")
                        .filter(each -> Resource.text(each, "status").equals("False"))
                        .filter(
                                each ->
                                        Resource.text(each, "reason")
                                                .equals("ProgressDeadlineExceeded"))
                        .isPresent();
    }
}
