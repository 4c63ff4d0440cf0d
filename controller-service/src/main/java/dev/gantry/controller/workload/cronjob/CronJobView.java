package dev.gantry.controller.workload.cronjob;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one CronJob may see.
 *
 * @param jobs those that it made
 */
record CronJobView(Resource cron, List<Resource> jobs, Optional<String> refusal) {
    static CronJobView of(Resource cron, ClusterReader cluster) {
        return new CronJobView(
                cron,
                cluster.ownedBy(cron.uid(), Resources.JOBS).stream()
                        .filter(job -> Ownership.isControlledBy(job, cron.uid()))
                        .toList(),
                cluster.lastRefusal(cron.key(Resources.CRON_JOBS)));
    }

    Optional<Resource> job(String uid) {
        return jobs.stream().filter(each -> each.uid().value().equals(uid)).findFirst();
    }

    /** Whether it was made for a time that was due, or is noted as active. */
    boolean isExpected(Resource job) {
        for (JsonNode each : cron.status().path("active")) {
            if (Resource.text(each, "uid").equals(job.uid().value())) {
                return true;
            }
        }
        return CronJobReconciler.dueTimeOf(job, cron).isPresent();
    }

    /** The condition that ended a Job: Complete or Failed. */
    static Optional<JsonNode> end(Resource job) {
        return Stream.of("Complete", "Failed")
                .flatMap(type -> Conditions.find(job.status().path("conditions"), type).stream())
                .filter(each -> Resource.text(each, "status").equals("True"))
                .findFirst();
    }

    static boolean hasSucceeded(Resource job) {
        return Conditions.isTrue(job.status().path("conditions"), "Complete");
    }
}
