package dev.gantry.controller.workload.cronjob;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a CronJob when it changes, when a Job of it does, and when it is due. */
public final class CronJobController implements Controller {
    private static final GroupResource CRON_JOBS = Resources.CRON_JOBS;

    private final CronJobReconciler reconciler = new CronJobReconciler();

    @Override
    public String component() {
        return "cronjob-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CRON_JOBS, Resources.JOBS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(CRON_JOBS)) {
            enqueue.accept(change.key());
            return;
        }
        Resource job = change.newest();
        job.controller()
                .filter(owner -> owner.kind().equals("CronJob"))
                .ifPresent(
                        owner ->
                                enqueue.accept(
                                        new ObjectKey(CRON_JOBS, job.namespace(), owner.name())));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(cron -> reconciler.reconcile(CronJobView.of(cron, cluster), now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return switch (action) {
            case Action.Create create ->
                    EventText.normal("SuccessfulCreate", "Created job " + create.object().name())
                            .about(key, cluster);
            case Action.Delete gone ->
                    EventText.normal("SuccessfulDelete", "Deleted job " + gone.key().name())
                            .about(key, cluster);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return switch (action) {
            case Action.Create _ ->
                    EventText.warning("FailedCreate", "Error creating job: " + message)
                            .about(key, cluster);
            case Action.Delete gone ->
                    EventText.warning(
                                    "FailedDelete",
                                    "Deleted job: %s: %s".formatted(gone.key().name(), message))
                            .about(key, cluster);
            default -> Optional.empty();
        };
    }
}
