package dev.gantry.controller.workload.cronjob;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The status of a CronJob while it is being written. Mutable, owned by one reconcile. */
final class CronJobStatus {
    private final CronJobView view;
    private final ObjectNode status;
    private final List<Action> told = new ArrayList<>();
    private final List<Action> always = new ArrayList<>();

    CronJobStatus(CronJobView view) {
        this.view = view;
        this.status = Resource.child(view.cron().copy().tree(), "status");
        active();
        lastSuccess();
    }

    /** Those that ended or are gone are active no more; those that were not noted are now. */
    private void active() {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        List<String> known = new ArrayList<>();
        for (JsonNode each : view.cron().status().path("active")) {
            String uid = Resource.text(each, "uid");
            Optional<Resource> job = view.job(uid);
            known.add(uid);
            if (job.isEmpty()) {
                tell("MissingJob", "Active job went missing: " + Resource.text(each, "name"));
            } else if (CronJobView.end(job.get()).isPresent()) {
                tell(
                        "SawCompletedJob",
                        "Saw completed job: %s, condition: %s"
                                .formatted(
                                        job.get().name(),
                                        Resource.text(
                                                CronJobView.end(job.get()).orElseThrow(), "type")));
            } else {
                kept.add(each.deepCopy());
            }
        }
        for (Resource job : view.jobs()) {
            boolean isNews =
                    !known.contains(job.uid().value())
                            && CronJobView.end(job).isEmpty()
                            && !job.isBeingDeleted();
            if (isNews && view.isExpected(job)) {
                kept.add(reference(job));
                noteDue(job);
            } else if (isNews) {
                unexpected(job);
            }
        }
        if (kept.isEmpty()) {
            status.remove("active");
        } else {
            status.set("active", kept);
        }
    }

    /** Such as one that a person made from the template. */
    private void unexpected(Resource job) {
        always.add(
                new Action.RecordEvent(
                        Resources.CRON_JOBS,
                        view.cron(),
                        true,
                        "UnexpectedJob",
                        "Saw a job that the controller did not create or forgot: " + job.name()));
    }

    /** A Job that is deleted to make room for the next is active no more, and not missed. */
    void replaced(Resource job) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : status.path("active")) {
            if (!Resource.text(each, "uid").equals(job.uid().value())) {
                kept.add(each);
            }
        }
        if (kept.isEmpty()) {
            status.remove("active");
        } else {
            status.set("active", kept);
        }
    }

    /** A Job that is there was due, whatever happened to the status since. */
    private void noteDue(Resource job) {
        Optional<Instant> due = CronJobReconciler.dueTimeOf(job, view.cron());
        Optional<Instant> noted = Resource.instant(status.path("lastScheduleTime"));
        if (due.isPresent() && (noted.isEmpty() || due.get().isAfter(noted.get()))) {
            status.put("lastScheduleTime", Conditions.timestamp(due.get()));
        }
    }

    private static ObjectNode reference(Resource job) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Job")
                .put("namespace", job.namespace())
                .put("name", job.name())
                .put("uid", job.uid().value())
                .put("apiVersion", "batch/v1")
                .put("resourceVersion", job.revision().toString());
    }

    private void lastSuccess() {
        for (Resource job : view.jobs()) {
            Optional<Instant> end = Resource.instant(job.status().path("completionTime"));
            Optional<Instant> noted = Resource.instant(status.path("lastSuccessfulTime"));
            boolean isLater =
                    CronJobView.hasSucceeded(job)
                            && end.isPresent()
                            && (noted.isEmpty() || end.get().isAfter(noted.get()));
            if (isLater) {
                status.put("lastSuccessfulTime", Conditions.timestamp(end.get()));
            }
        }
    }

    private void tell(String reason, String message) {
        told.add(new Action.RecordEvent(Resources.CRON_JOBS, view.cron(), false, reason, message));
    }

    void scheduled(Instant due) {
        status.put("lastScheduleTime", Conditions.timestamp(due));
    }

    /** The status where it is news, and what there is to tell of it. */
    List<Action> actions() {
        List<Action> actions = new ArrayList<>(always);
        if (status.equals(view.cron().status())) {
            return actions;
        }
        Resource next = view.cron().copy();
        next.tree().set("status", status);
        actions.add(new Action.PutStatus(Resources.CRON_JOBS, next, next.revision()));
        actions.addAll(told);
        return actions;
    }
}
