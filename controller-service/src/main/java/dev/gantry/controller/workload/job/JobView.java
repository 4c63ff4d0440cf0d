package dev.gantry.controller.workload.job;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a decision about one Job may see.
 *
 * @param pods all of its pods, those that ended included
 * @param claims writes that make pods its own, or let them go
 * @param refusal why the API refused to do what was wanted last; empty where it did
 */
record JobView(Resource job, List<Resource> pods, List<Action> claims, Optional<String> refusal) {
    static JobView of(Resource job, ClusterReader cluster) {
        LabelSelector selector = LabelSelector.of(job.spec().path("selector"));
        List<Resource> pods = new ArrayList<>();
        List<Action> claims = new ArrayList<>();
        for (Resource pod : cluster.ownedBy(job.uid(), Resources.PODS)) {
            if (!Ownership.isControlledBy(pod, job.uid())) {
                continue;
            }
            if (selector.selects(pod) || job.isBeingDeleted()) {
                pods.add(pod);
            } else {
                claims.add(
                        new Action.Update(
                                Resources.PODS,
                                Ownership.released(JobPod.untracked(pod), job.uid())));
            }
        }
        if (!job.isBeingDeleted()) {
            for (Resource pod : cluster.orphans(Resources.PODS, job.namespace())) {
                if (selector.selects(pod) && !pod.isBeingDeleted()) {
                    claims.add(new Action.Update(Resources.PODS, adopted(pod, job)));
                }
            }
        }
        return new JobView(job, pods, claims, cluster.lastRefusal(job.key(Resources.JOBS)));
    }

    private static Resource adopted(Resource pod, Resource job) {
        Resource own = Ownership.adopted(pod, job);
        return JobPod.isTracked(own) ? own : JobPod.tracked(own);
    }
}
