package dev.gantry.controller.workload.cronjob;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.schedule.MalformedSchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Makes the Job that is due, unless it is too late or another is in its way.
 *
 * <p>Example: due each minute, {@code Forbid}, and the Job of the last minute still runs: nothing,
 * and the next look is in a minute.
 */
final class CronJobReconciler implements Reconciler<CronJobView, Action> {
    @Override
    public Plan<Action> reconcile(CronJobView view, Instant now) {
        Resource cron = view.cron();
        var status = new CronJobStatus(view);
        List<Action> cleanup = cleanup(view);
        if (cron.isBeingDeleted()) {
            return Plan.of(all(status.actions(), cleanup));
        }
        Optional<String> unknown = DueTimes.unknownZone(cron);
        if (unknown.isPresent()) {
            String message =
                    "invalid timeZone: \"%s\": unknown time zone %s"
                            .formatted(unknown.get(), unknown.get());
            return Plan.of(
                    all(
                            status.actions(),
                            all(List.of(tell(cron, "UnknownTimeZone", message)), cleanup)));
        }
        if (cron.spec().path("suspend").asBoolean(false)) {
            return Plan.of(all(status.actions(), cleanup));
        }
        DueTimes times;
        try {
            times = DueTimes.of(cron, now);
        } catch (MalformedSchedule malformed) {
            String message =
                    "unparseable schedule: \"%s\" : %s"
                            .formatted(Resource.text(cron.spec(), "schedule"), malformed.why());
            return Plan.of(
                    all(status.actions(), List.of(tell(cron, "UnparseableSchedule", message))));
        }
        List<Action> start = start(view, times);
        start.stream()
                .filter(Action.Delete.class::isInstance)
                .map(each -> ((Action.Delete) each).uid().value())
                .flatMap(uid -> view.job(uid).stream())
                .forEach(status::replaced);
        boolean isStarting = start.stream().anyMatch(Action.Create.class::isInstance);
        if (isStarting) {
            status.scheduled(times.last().orElseThrow());
        }
        Plan<Action> plan = Plan.of(all(start, all(status.actions(), cleanup)));
        return times.next().map(plan::requeueAt).orElse(plan);
    }

    private static List<Action> all(List<Action> first, List<Action> then) {
        List<Action> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private static List<Action> start(CronJobView view, DueTimes times) {
        Resource cron = view.cron();
        if (times.last().isEmpty()) {
            return List.of();
        }
        Instant due = times.last().get();
        String name = CronTemplate.name(cron, due);
        boolean isDone =
                view.jobs().stream().anyMatch(job -> job.name().equals(name))
                        || Conditions.timestamp(due)
                                .equals(Resource.text(cron.status(), "lastScheduleTime"));
        if (isDone) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>();
        if (times.missed() >= DueTimes.MANY) {
            actions.add(
                    tell(
                            cron,
                            "TooManyMissedTimes",
                            "too many missed start times. Set or decrease"
                                    + " .spec.startingDeadlineSeconds or check clock skew"));
        }
        List<Resource> active =
                view.jobs().stream()
                        .filter(job -> CronJobView.end(job).isEmpty() && view.isExpected(job))
                        .toList();
        switch (Resource.text(cron.spec(), "concurrencyPolicy")) {
            case "Forbid" -> {
                if (!active.isEmpty()) {
                    return List.of(alreadyActive(cron));
                }
            }
            case "Replace" -> active.forEach(job -> actions.add(delete(job)));
            default -> {}
        }
        actions.add(
                new Action.Create(
                        Resources.JOBS, CronTemplate.job(cron, due, DueTimes.zone(cron))));
        return actions;
    }

    private static Action alreadyActive(Resource cron) {
        return new Action.RecordEvent(
                Resources.CRON_JOBS,
                cron,
                false,
                "JobAlreadyActive",
                "Not starting job because prior execution is running and concurrency policy is"
                        + " Forbid");
    }

    private static Action tell(Resource cron, String reason, String message) {
        return new Action.RecordEvent(Resources.CRON_JOBS, cron, true, reason, message);
    }

    /** The time that a Job was made for; empty where its name does not say it. */
    static Optional<Instant> dueTimeOf(Resource job, Resource cron) {
        String prefix = cron.name() + "-";
        try {
            return job.name().startsWith(prefix)
                    ? Optional.of(
                            Instant.ofEpochSecond(
                                    Long.parseLong(job.name().substring(prefix.length())) * 60))
                    : Optional.empty();
        } catch (NumberFormatException notByTime) {
            return Optional.empty();
        }
    }

    /** The oldest Jobs that ended, beyond those that are kept for people to see. */
    private static List<Action> cleanup(CronJobView view) {
        JsonNode spec = view.cron().spec();
        List<Action> actions = new ArrayList<>();
        cleanup(view, true, spec.path("successfulJobsHistoryLimit"), actions);
        cleanup(view, false, spec.path("failedJobsHistoryLimit"), actions);
        return actions;
    }

    private static void cleanup(
            CronJobView view, boolean isSuccess, JsonNode limit, List<Action> actions) {
        if (!limit.isNumber()) {
            return;
        }
        List<Resource> ended =
                view.jobs().stream()
                        .filter(job -> CronJobView.end(job).isPresent() && !job.isBeingDeleted())
                        .filter(job -> CronJobView.hasSucceeded(job) == isSuccess)
                        .sorted(
                                Comparator.comparing(
                                                (Resource job) ->
                                                        Resource.instant(
                                                                        job.status()
                                                                                .path("startTime"))
                                                                .orElse(Instant.EPOCH))
                                        .thenComparing(Resource::name))
                        .toList();
        int surplus = Math.max(0, ended.size() - limit.asInt());
        ended.subList(0, surplus).forEach(job -> actions.add(delete(job)));
    }

    private static Action delete(Resource job) {
        return new Action.Delete(job.key(Resources.JOBS), job.uid(), Propagation.BACKGROUND);
    }
}
