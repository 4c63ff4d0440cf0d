package dev.gantry.controller.workload.job;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What a Job wants, in words. */
record JobSpec(Resource job) {
    /** Compat: a Job that names another is left alone. */
    static final String CONTROLLER = "kubernetes.io/job-controller";

    private static final int BACKOFF_LIMIT = 6;

    boolean isManagedHere() {
        return job.spec().path("managedBy").asString(CONTROLLER).equals(CONTROLLER);
    }

    boolean isSuspended() {
        return job.spec().path("suspend").asBoolean(false);
    }

    boolean isIndexed() {
        return Resource.text(job.spec(), "completionMode").equals("Indexed");
    }

    int parallelism() {
        return job.spec().path("parallelism").asInt(1);
    }

    /** Empty where one success is enough, and all pods end by themselves then. */
    OptionalInt completions() {
        return number("completions");
    }

    int backoffLimit() {
        return number("backoffLimit").orElse(BACKOFF_LIMIT);
    }

    OptionalInt backoffLimitPerIndex() {
        return isIndexed() ? number("backoffLimitPerIndex") : OptionalInt.empty();
    }

    OptionalInt maxFailedIndexes() {
        return number("maxFailedIndexes");
    }

    Optional<Duration> activeDeadline() {
        JsonNode seconds = job.spec().path("activeDeadlineSeconds");
        return seconds.isNumber()
                ? Optional.of(Duration.ofSeconds(seconds.asLong()))
                : Optional.empty();
    }

    boolean restartsContainers() {
        return Resource.text(job.spec().path("template").path("spec"), "restartPolicy")
                .equals("OnFailure");
    }

    FailurePolicy failurePolicy() {
        return new FailurePolicy(job.spec().path("podFailurePolicy").path("rules"));
    }

    /** Whether a pod is replaced only when it ended, and not as soon as it is being deleted. */
    boolean replacesOnlyFailed() {
        return Resource.text(job.spec(), "podReplacementPolicy").equals("Failed")
                || job.spec().hasNonNull("podFailurePolicy");
    }

    private OptionalInt number(String field) {
        JsonNode value = job.spec().path(field);
        return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }
}
