package dev.gantry.controller.workload.job;

import dev.gantry.controller.owner.MetadataPatch;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Facts of one pod of a Job. */
final class JobPod {
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    private JobPod() {}

    static boolean isTracked(Resource pod) {
        return pod.finalizers().contains(FINALIZER);
    }

    /** Takes the pod its finalizer. */
    static Action untrack(Resource pod) {
        return MetadataPatch.withoutFinalizer(Resources.PODS, pod, FINALIZER);
    }

    static Resource untracked(Resource pod) {
        Resource copy = pod.copy();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (String each : pod.finalizers()) {
            if (!each.equals(FINALIZER)) {
                kept.add(each);
            }
        }
        if (kept.isEmpty()) {
            copy.mutableMetadata().remove("finalizers");
        } else {
            copy.mutableMetadata().set("finalizers", kept);
        }
        return copy;
    }

    static Resource tracked(Resource pod) {
        Resource copy = pod.copy();
        Resource.array(copy.mutableMetadata(), "finalizers").add(FINALIZER);
        return copy;
    }

    static boolean hasSucceeded(Resource pod) {
        return PodLife.phase(pod).equals("Succeeded");
    }

    /** Compat: a pod that is being deleted counts as failed, unless the Job waits for its end. */
    static boolean hasFailed(Resource pod, JobSpec spec) {
        return PodLife.phase(pod).equals("Failed")
                || (!spec.replacesOnlyFailed() && pod.isBeingDeleted() && !hasSucceeded(pod));
    }

    static boolean isTerminating(Resource pod) {
        return pod.isBeingDeleted() && !PodLife.isFinished(pod);
    }

    /** Empty where it has none, or one that the Job does not have. */
    static OptionalInt index(Resource pod, JobSpec spec) {
        int index = number(pod, INDEX, -1);
        return index >= 0 && index < spec.completions().orElse(0)
                ? OptionalInt.of(index)
                : OptionalInt.empty();
    }

    /** How many pods of the same index failed before it and counted. */
    static int failuresBefore(Resource pod) {
        return number(pod, FAILURES, 0);
    }

    static int ignoredBefore(Resource pod) {
        return number(pod, IGNORED, 0);
    }

    private static int number(Resource pod, String annotation, int absent) {
        try {
            String text = pod.annotations().get(annotation);
            return text == null ? absent : Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return absent;
        }
    }

    /** When the last of its containers ended, or the nearest thing to it that is known. */
    static Instant endedAt(Resource pod, Instant now) {
        Optional<Instant> latest = Optional.empty();
        for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
            for (JsonNode each : pod.status().path(list)) {
                Optional<Instant> end =
                        Resource.instant(each.path("state").path("terminated").path("finishedAt"));
                if (end.isPresent() && (latest.isEmpty() || end.get().isAfter(latest.get()))) {
                    latest = end;
                }
            }
        }
        return latest.or(pod::deletionTime).or(pod::creationTime).orElse(now);
    }
}
