package dev.gantry.controller.workload.job;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.pod.PodNews;
import dev.gantry.controller.workload.dependent.DependentKeys;
import dev.gantry.controller.workload.dependent.PodEvents;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
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
    private static final DependentKeys KEYS =
            new DependentKeys(JOBS, "Job", job -> LabelSelector.of(job.spec().path("selector")));

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
        if (!PodNews.isIn(change)) {
            return;
        }
        change.before().ifPresent(pod -> keysFor(pod, cluster, enqueue));
        change.after().ifPresent(pod -> keysFor(pod, cluster, enqueue));
    }

    private static void keysFor(Resource pod, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        KEYS.of(pod, cluster, enqueue);
        if (isLost(pod, cluster)) {
            enqueue.accept(pod.key(PODS));
        }
    }

    /** Still counted by a Job that there is no more. */
    private static boolean isLost(Resource pod, ClusterReader cluster) {
        boolean isOfAnother =
                pod.controller().filter(owner -> !owner.kind().equals("Job")).isPresent();
        return JobPod.isTracked(pod) && !isOfAnother && jobOf(pod, cluster).isEmpty();
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
        return isLost(pod, cluster) ? Plan.of(List.of(JobPod.untrack(pod))) : Plan.settled();
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return PodEvents.done(action, result).flatMap(text -> text.about(key, cluster));
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return PodEvents.refused(action, message).flatMap(text -> text.about(key, cluster));
    }
}
