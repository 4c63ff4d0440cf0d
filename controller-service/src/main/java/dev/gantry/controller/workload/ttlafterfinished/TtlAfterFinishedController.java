package dev.gantry.controller.workload.ttlafterfinished;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletes a Job, and its pods before it, when it has been over for long enough. */
public final class TtlAfterFinishedController implements ObjectController {
    @Override
    public String component() {
        return "ttl-after-finished-controller";
    }

    @Override
    public GroupResource resource() {
        return Resources.JOBS;
    }

    @Override
    public boolean isConcerned(Resource job) {
        return job.spec().path("ttlSecondsAfterFinished").isNumber() && !job.isBeingDeleted();
    }

    @Override
    public Plan<Action> reconcile(Resource job, ClusterReader cluster, Instant now) {
        Optional<Instant> end =
                Stream.of("Complete", "Failed")
                        .flatMap(
                                type ->
                                        Conditions.find(job.status().path("conditions"), type)
                                                .stream())
                        .filter(each -> Resource.text(each, "status").equals("True"))
                        .flatMap(each -> Resource.instant(each.path("lastTransitionTime")).stream())
                        .findFirst();
        if (end.isEmpty()) {
            return Plan.settled();
        }
        Instant due = end.get().plusSeconds(job.spec().path("ttlSecondsAfterFinished").asLong(0));
        if (due.isAfter(now)) {
            return Plan.<Action>settled().requeueAt(due);
        }
        return Plan.of(
                List.of(
                        new Action.Delete(
                                job.key(Resources.JOBS),
                                job.uid(),
                                Action.Propagation.FOREGROUND)));
    }
}
