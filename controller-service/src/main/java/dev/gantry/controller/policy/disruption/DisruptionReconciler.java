package dev.gantry.controller.policy.disruption;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Example: {@code minAvailable: 2} and three pods of which two are ready: no disruption is allowed,
 * with the reason InsufficientPods; once the third is ready one is.
 */
final class DisruptionReconciler implements Reconciler<DisruptionView, Action> {
    @Override
    public Plan<Action> reconcile(DisruptionView view, Instant now) {
        DisruptedPods disrupted = DisruptedPods.of(view, now);
        List<Action> actions = new ArrayList<>();
        for (Resource pod : disrupted.overdue()) {
            String message =
                    "Pod was expected by PDB %s/%s to be deleted but it wasn't"
                            .formatted(view.budget().namespace(), view.budget().name());
            actions.add(
                    new Action.RecordEvent(
                            DisruptionController.PODS, pod, true, "NotDeleted", message));
        }
        try {
            ExpectedPods expected = ExpectedPods.of(view);
            Optional<Resource> next = DisruptionStatus.of(view, expected, disrupted, now);
            // What is unchanged was told when it became so.
            if (next.isPresent()) {
                actions.addAll(events(view, expected));
                actions.add(put(next.get()));
            }
        } catch (ExpectedPods.Unknown unknown) {
            String why = String.valueOf(unknown.getMessage());
            Optional<Resource> failed = DisruptionStatus.failed(view.budget(), why, now);
            if (failed.isPresent()) {
                actions.add(
                        event(
                                view,
                                true,
                                "CalculateExpectedPodCountFailed",
                                "Failed to calculate the number of expected pods: " + why));
                actions.add(put(failed.get()));
            }
        }
        Plan<Action> plan = Plan.of(actions);
        return disrupted.recheck().map(plan::requeueAt).orElse(plan);
    }

    private static List<Action> events(DisruptionView view, ExpectedPods expected) {
        List<Action> events = new ArrayList<>();
        if (view.pods().isEmpty()) {
            events.add(event(view, false, "NoPods", "No matching pods found"));
        }
        if (expected.unmanaged().isPresent()) {
            events.add(
                    event(
                            view,
                            true,
                            "UnmanagedPods",
                            "Pods selected by this PodDisruptionBudget were found to be unmanaged,"
                                    + " such as %s. As a result, the status of the PDB cannot be"
                                            .formatted(expected.unmanaged().get())
                                    + " calculated correctly, which may result in undefined"
                                    + " behavior. To account for these pods please set"
                                    + " \".spec.minAvailable\" field of the PDB to an integer"
                                    + " value."));
        }
        return events;
    }

    private static Action event(
            DisruptionView view, boolean isWarning, String reason, String message) {
        return new Action.RecordEvent(
                DisruptionController.BUDGETS, view.budget(), isWarning, reason, message);
    }

    private static Action put(Resource budget) {
        return new Action.PutStatus(DisruptionController.BUDGETS, budget, budget.revision());
    }
}
