package dev.gantry.controller.workload.job;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One step of a Job: count what ended, start or stop what runs, and say how far it is.
 *
 * <p>Example: a pod failed. The first look names it in the status, removes its finalizer and asks
 * to be woken up in ten seconds; the second counts it; the third starts another pod.
 */
final class JobReconciler implements Reconciler<JobView, Action> {
    private static final String TOO_MANY =
            "Too many succeeded pods running after completion count reached";

    @Override
    public Plan<Action> reconcile(JobView view, Instant now) {
        Resource job = view.job();
        var spec = new JobSpec(job);
        if (!spec.isManagedHere()) {
            return Plan.settled();
        }
        if (isFinished(job) || job.isBeingDeleted()) {
            return Plan.of(untrack(view.pods().stream()));
        }
        if (!view.claims().isEmpty()) {
            return Plan.of(view.claims()); // the pods come back as its own
        }
        Tally tally = Tally.of(view);
        Optional<Outcome> outcome = Outcome.of(view, tally, now);
        PodChanges changes =
                outcome.isPresent() ? PodChanges.end(tally) : PodChanges.of(view, tally, now);
        if (outcome.isEmpty() && changes.actions().isEmpty() && isDone(tally)) {
            outcome = Optional.of(Outcome.completed());
        }
        Plan<Action> plan = Plan.of(actions(view, tally, outcome, changes, now));
        return Stream.concat(changes.wakeUp().stream(), Outcome.deadline(spec).stream())
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .map(plan::requeueAt)
                .orElse(plan);
    }

    private static boolean isDone(Tally tally) {
        int enough = tally.spec().completions().orElse(1);
        return tally.active().isEmpty() && tally.succeededCount() >= enough;
    }

    static boolean isFinished(Resource job) {
        JsonNode conditions = job.status().path("conditions");
        return Conditions.isTrue(conditions, Outcome.COMPLETE)
                || Conditions.isTrue(conditions, Outcome.FAILED);
    }

    /**
     * The status comes before the pods where pods are refused or the Job ends, since what comes
     * after a refusal is left; else it comes after them, and tells what is there then.
     */
    private static List<Action> actions(
            JobView view, Tally tally, Optional<Outcome> outcome, PodChanges changes, Instant now) {
        boolean isStatusFirst = outcome.isPresent() || view.refusal().isPresent();
        var draft = new StatusDraft(view.job(), now);
        draft.count(view);
        List<Resource> ended = draft.record(view, tally, outcome.isPresent());
        draft.pods(isStatusFirst ? tally.active().size() : changes.active(), tally);
        Optional<String> turn =
                outcome.isPresent() ? Optional.empty() : draft.startOrSuspend(tally.spec());
        boolean isOver = outcome.isPresent() && isOver(view, tally, ended);
        if (isOver) {
            draft.countRecorded();
        }
        outcome.ifPresent(isOver ? draft::terminal : draft::interim);

        List<Action> actions =
                new ArrayList<>(
                        untrack(
                                view.pods().stream()
                                        .filter(
                                                pod ->
                                                        tally.recorded()
                                                                .contains(pod.uid().value()))));
        if (!isStatusFirst) {
            actions.addAll(changes.actions());
        }
        draft.changed()
                .ifPresent(
                        next ->
                                actions.add(
                                        new Action.PutStatus(
                                                Resources.JOBS, next, next.revision())));
        turn.ifPresent(to -> actions.add(tell(view.job(), to)));
        if (isOver) {
            actions.addAll(tell(view.job(), tally, outcome.get()));
        }
        // Compat: pods that run on when a success policy is met count as nothing.
        outcome.filter(Outcome::isSuccess)
                .ifPresent(_ -> actions.addAll(untrack(tally.active().stream())));
        if (isStatusFirst) {
            actions.addAll(changes.actions());
        }
        actions.addAll(untrack(ended.stream()));
        return actions;
    }

    /**
     * Whether the Job ends with this status: all its pods have ended, and the status has them.
     *
     * <p>Cost: a finished Job counts nothing any more, so its last pods are counted in the status
     * that ends it, and lose their finalizer afterwards. To name them first, as upstream does, is
     * one more write, and its round trip, for each Job.
     */
    private static boolean isOver(JobView view, Tally tally, List<Resource> ended) {
        long uncounted =
                view.pods().stream()
                        .filter(JobPod::isTracked)
                        .filter(pod -> !tally.recorded().contains(pod.uid().value()))
                        .count();
        return tally.active().isEmpty() && tally.terminating() == 0 && uncounted == ended.size();
    }

    private static List<Action> untrack(Stream<Resource> pods) {
        return pods.filter(JobPod::isTracked).map(JobPod::untrack).toList();
    }

    private static Action tell(Resource job, String turn) {
        String message = turn.equals("Suspended") ? "Job suspended" : "Job resumed";
        return event(job, false, turn, message);
    }

    private static List<Action> tell(Resource job, Tally tally, Outcome outcome) {
        if (!outcome.isSuccess()) {
            return List.of(event(job, true, outcome.reason(), outcome.message()));
        }
        Action completed = event(job, false, "Completed", "Job completed");
        int wanted = tally.spec().completions().orElse(Integer.MAX_VALUE);
        return tally.succeededCount() > wanted
                ? List.of(event(job, true, "TooManySucceededPods", TOO_MANY), completed)
                : List.of(completed);
    }

    private static Action event(Resource job, boolean isWarning, String reason, String message) {
        return new Action.RecordEvent(Resources.JOBS, job, isWarning, reason, message);
    }
}
