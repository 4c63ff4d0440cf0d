package dev.gantry.controller.workload.job;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How a Job ends, and why. The status says first that it will ({@link #interim}), and that it has
 * ({@link #terminal}) when no pod of it is left.
 */
record Outcome(boolean isSuccess, String reason, String message) {
    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String FAILURE_TARGET = "FailureTarget";
    static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";

    String interim() {
        return isSuccess ? SUCCESS_CRITERIA_MET : FAILURE_TARGET;
    }

    String terminal() {
        return isSuccess ? COMPLETE : FAILED;
    }

    /** Enough pods succeeded, and none is left. */
    static Outcome completed() {
        return new Outcome(true, "CompletionsReached", "Reached expected number of succeeded pods");
    }

    /** What ends a Job that is not simply done. */
    static Optional<Outcome> of(JobView view, Tally tally, Instant now) {
        return decided(view.job())
                .or(
                        () ->
                                tally.fatal(view.pods())
                                        .map(why -> new Outcome(false, "PodFailurePolicy", why)))
                .or(() -> tooManyFailures(view, tally))
                .or(() -> tooLate(tally.spec(), now))
                .or(() -> failedIndexes(tally))
                .or(() -> SuccessPolicy.match(tally));
    }

    /** Once said, it stays so. */
    private static Optional<Outcome> decided(Resource job) {
        for (String interim : new String[] {FAILURE_TARGET, SUCCESS_CRITERIA_MET}) {
            Optional<JsonNode> found =
                    Conditions.find(job.status().path("conditions"), interim)
                            .filter(each -> Resource.text(each, "status").equals("True"));
            if (found.isPresent()) {
                return Optional.of(
                        new Outcome(
                                interim.equals(SUCCESS_CRITERIA_MET),
                                Resource.text(found.get(), "reason"),
                                Resource.text(found.get(), "message")));
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> tooManyFailures(JobView view, Tally tally) {
        JobSpec spec = tally.spec();
        boolean hasNewFailure = !tally.failed().isEmpty();
        boolean isOver = hasNewFailure && tally.failedCount() > spec.backoffLimit();
        return isOver || restartedTooOften(view, spec)
                ? Optional.of(
                        new Outcome(
                                false,
                                "BackoffLimitExceeded",
                                "Job has reached the specified backoff limit"))
                : Optional.empty();
    }

    private static boolean restartedTooOften(JobView view, JobSpec spec) {
        if (!spec.restartsContainers()) {
            return false;
        }
        int restarts = 0;
        for (Resource pod : view.pods()) {
            if (!PodLife.isFinished(pod)) {
                restarts += PodLife.restarts(pod);
                for (JsonNode each : pod.status().path("initContainerStatuses")) {
                    restarts += each.path("restartCount").asInt(0);
                }
            }
        }
        return spec.backoffLimit() == 0 ? restarts > 0 : restarts >= spec.backoffLimit();
    }

    private static Optional<Outcome> tooLate(JobSpec spec, Instant now) {
        return deadline(spec)
                .filter(end -> !end.isAfter(now))
                .map(
                        _ ->
                                new Outcome(
                                        false,
                                        "DeadlineExceeded",
                                        "Job was active longer than specified deadline"));
    }

    /** When a Job that runs has run for too long. */
    static Optional<Instant> deadline(JobSpec spec) {
        if (spec.isSuspended()) {
            return Optional.empty();
        }
        Optional<Instant> start = Resource.instant(spec.job().status().path("startTime"));
        return start.flatMap(from -> spec.activeDeadline().map(from::plus));
    }

    private static Optional<Outcome> failedIndexes(Tally tally) {
        JobSpec spec = tally.spec();
        if (spec.backoffLimitPerIndex().isEmpty()) {
            return Optional.empty();
        }
        int failed = tally.failedIndexes().total();
        OptionalInt most = spec.maxFailedIndexes();
        if (most.isPresent() && failed > most.getAsInt()) {
            return Optional.of(
                    new Outcome(
                            false,
                            "MaxFailedIndexesExceeded",
                            "Job has exceeded the specified maximal number of failed indexes"));
        }
        boolean isOver =
                failed > 0
                        && failed + tally.succeededIndexes().total()
                                >= spec.completions().orElse(0);
        return isOver
                ? Optional.of(new Outcome(false, "FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }
}
