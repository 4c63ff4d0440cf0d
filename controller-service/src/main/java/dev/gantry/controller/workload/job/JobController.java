package dev.gantry.controller.workload.job;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reconciles a Job when it changes, or a pod that it has or might adopt; and pods whose Job is no
 * more, since nobody else removes their finalizer.
 */
public final class JobController implements Controller {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource JOBS = Resources.JOBS;

    private final JobReconciler reconciler = new JobReconciler();

    @Override
    public String component() {
        return "job-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(PODS, JOBS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(JOBS)) {
            enqueue.accept(change.key());
            if (change.after().isEmpty()) {
                cluster.ownedBy(change.newest().uid(), PODS)
                        .forEach(pod -> enqueue.accept(pod.key(PODS)));
            }
            return;
        }
        change.before().ifPresent(pod -> keysFor(pod, cluster, enqueue));
        change.after().ifPresent(pod -> keysFor(pod, cluster, enqueue));
    }

    private static void keysFor(Resource pod, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Owner> owner = pod.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals("Job")) {
                enqueue.accept(new ObjectKey(JOBS, pod.namespace(), owner.get().name()));
                if (JobPod.isTracked(pod) && jobOf(pod, cluster).isEmpty()) {
                    enqueue.accept(pod.key(PODS));
                }
            }
            return;
        }
        if (JobPod.isTracked(pod)) {
            enqueue.accept(pod.key(PODS));
        }
        for (Resource job : cluster.list(JOBS, pod.namespace())) {
            if (LabelSelector.of(job.spec().path("selector")).selects(pod.labels())) {
                enqueue.accept(job.key(JOBS));
            }
        }
    }

    private static Optional<Resource> jobOf(Resource pod, ClusterReader cluster) {
        return pod.controller()
                .filter(owner -> owner.kind().equals("Job"))
                .flatMap(
                        owner ->
                                cluster.get(new ObjectKey(JOBS, pod.namespace(), owner.name()))
                                        .filter(job -> job.uid().equals(owner.uid())));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> found = cluster.get(key);
        if (found.isEmpty()) {
            return Plan.settled();
        }
        return key.resource().equals(PODS)
                ? orphan(found.get(), cluster)
                : reconciler.reconcile(JobView.of(found.get(), cluster), now);
    }

    /** Compat: {@code syncOrphanPod}. */
    private static Plan<Action> orphan(Resource pod, ClusterReader cluster) {
        boolean isOfAnother =
                pod.controller().filter(owner -> !owner.kind().equals("Job")).isPresent();
        if (!JobPod.isTracked(pod) || isOfAnother || jobOf(pod, cluster).isPresent()) {
            return Plan.settled();
        }
        return Plan.of(List.of(new Action.Update(PODS, JobPod.untracked(pod))));
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return switch (action) {
            case Action.Create _ ->
                    result.flatMap(
                            pod ->
                                    EventText.normal(
                                                    "SuccessfulCreate",
                                                    "Created pod: " + pod.name())
                                            .about(key, cluster));
            case Action.Delete gone ->
                    EventText.normal("SuccessfulDelete", "Deleted pod: " + gone.key().name())
                            .about(key, cluster);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return switch (action) {
            case Action.Create _ ->
                    EventText.warning("FailedCreate", "Error creating: " + message)
                            .about(key, cluster);
            case Action.Delete _ ->
                    EventText.warning("FailedDelete", "Error deleting: " + message)
                            .about(key, cluster);
            default -> Optional.empty();
        };
    }
}
