package dev.gantry.state.kind.batch.job;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Sameness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a status says fits together, and an end stays an end. Most of it is held only against what
 * an update changes, so that a status that is wrong already does not block all others.
 *
 * <p>Compat: {@code ValidateJobStatusUpdate} and {@code getStatusValidationOptions}.
 */
final class JobStatusRules {
    private static final String COMPLETE = "Complete";
    private static final String FAILED = "Failed";
    private static final String FAILURE_TARGET = "FailureTarget";
    private static final String SUCCESS = "SuccessCriteriaMet";

    private final Field job;
    private final Field status;
    private final JsonNode before;

    private JobStatusRules(Field job, ObjectNode stored) {
        this.job = job;
        this.status = job.child("status");
        this.before = stored.path("status");
    }

    static void check(Field job, ObjectNode stored) {
        var rules = new JobStatusRules(job, stored);
        rules.counts();
        rules.ends();
        rules.times();
        rules.reasons();
        rules.finished();
        rules.indexes();
        rules.successes();
        rules.transitions();
    }

    private void counts() {
        for (String count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
            status.child(count).nonNegative();
        }
        Set<String> seen = new TreeSet<>();
        for (String list : List.of("succeeded", "failed")) {
            for (Field uid : status.child("uncountedTerminatedPods", list).items()) {
                if (uid.text().isEmpty()) {
                    uid.invalid("must not be empty");
                } else if (!seen.add(uid.text())) {
                    uid.duplicate();
                }
            }
        }
    }

    private void ends() {
        Field conditions = status.child("conditions");
        if ((isChanged(COMPLETE) || isChanged(FAILED)) && is(COMPLETE) && is(FAILED)) {
            conditions.invalidWithoutValue("cannot set Complete=True and Failed=true conditions");
        }
        if ((isChanged(COMPLETE) || isChanged(FAILURE_TARGET))
                && is(COMPLETE)
                && is(FAILURE_TARGET)) {
            conditions.invalidWithoutValue(
                    "cannot set Complete=True and FailureTarget=true conditions");
        }
    }

    private void times() {
        Field end = status.child("completionTime");
        if (isChanged(COMPLETE) || differs("completionTime")) {
            if (end.isSet() && !is(COMPLETE)) {
                end.invalid("cannot set completionTime when there is no Complete=True condition");
            }
            if (!end.isSet() && is(COMPLETE)) {
                end.required("completionTime is required for Complete jobs");
            }
        }
        if (differs("startTime") || differs("completionTime")) {
            Optional<Instant> started = Resource.instant(status.child("startTime").value());
            Optional<Instant> ended = Resource.instant(end.value());
            if (started.isPresent() && ended.isPresent() && ended.get().isBefore(started.get())) {
                end.invalid("must be equal to or after `startTime`");
            }
        }
    }

    private void reasons() {
        Field conditions = status.child("conditions");
        if (is(FAILED) && isChanged(FAILED) && !is(FAILURE_TARGET)) {
            conditions.invalidWithoutValue(
                    "cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if (is(COMPLETE) && isChanged(COMPLETE) && !is(SUCCESS)) {
            conditions.invalidWithoutValue(
                    "cannot set Complete=True condition without the SuccessCriteriaMet=true"
                            + " condition");
        }
    }

    private void finished() {
        if (!isFinished(status.value())) {
            return;
        }
        boolean isNews = !isFinished(before);
        Field active = status.child("active");
        if ((isNews || differs("active")) && active.number() > 0) {
            active.invalid("active>0 is invalid for finished job");
        }
        Field start = status.child("startTime");
        if ((isNews || differs("startTime")) && !start.isSet()) {
            start.required("startTime is required for finished job");
        }
        Field uncounted = status.child("uncountedTerminatedPods");
        boolean hasUncounted =
                !uncounted.child("succeeded").isEmpty() || !uncounted.child("failed").isEmpty();
        if ((isNews || differs("uncountedTerminatedPods")) && hasUncounted) {
            // Compat: told in the form that upstream has within.
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            shown.set("Succeeded", uncounted.value().get("succeeded"));
            shown.set("Failed", uncounted.value().get("failed"));
            uncounted.invalid(shown, "must be empty for finished job");
        }
        Field terminating = status.child("terminating");
        if ((isNews || differs("terminating")) && terminating.number() > 0) {
            terminating.invalid("terminating>0 is invalid for finished job");
        }
    }

    private void indexes() {
        Field spec = job.child("spec");
        Field completed = status.child("completedIndexes");
        Field failed = status.child("failedIndexes");
        boolean isLimited = spec.child("completions").isSet();
        long completions = spec.child("completions").number();
        IndexText completedText = IndexText.read(completed.text(), completions);
        IndexText failedText = IndexText.read(failed.text(), completions);
        if (differs("completedIndexes")) {
            if (isLimited) {
                completedText
                        .wrong()
                        .ifPresent(w -> completed.invalid("error parsing completedIndexes: " + w));
            }
            if (!completed.isEmpty() && !JobRules.isIndexed(spec)) {
                completed.invalid(
                        "cannot set non-empty completedIndexes when non-indexed completion mode");
            }
        }
        if (differs("failedIndexes") && failed.isSet()) {
            if (!spec.has("backoffLimitPerIndex")) {
                failed.invalid(
                        "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
            } else if (isLimited) {
                failedText
                        .wrong()
                        .ifPresent(w -> failed.invalid("error parsing failedIndexes: " + w));
            }
        }
        if (differs("failedIndexes") || differs("completedIndexes")) {
            completedText
                    .overlap(failedText)
                    .ifPresent(
                            at ->
                                    failed.invalid(
                                            "failedIndexes and completedIndexes overlap at index: "
                                                    + at));
        }
    }

    private void successes() {
        Field conditions = status.child("conditions");
        Field ready = status.child("ready");
        if ((differs("ready") || differs("active"))
                && ready.number() > status.child("active").number()) {
            ready.invalidNumber("cannot set more ready pods than active");
        }
        if (is(SUCCESS) && is(FAILED)) {
            conditions.invalidWithoutValue(
                    "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        }
        if (is(SUCCESS) && is(FAILURE_TARGET)) {
            conditions.invalidWithoutValue(
                    "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        }
    }

    private void transitions() {
        Field conditions = status.child("conditions");
        for (String end : List.of(FAILED, COMPLETE, FAILURE_TARGET)) {
            if (was(end) && !is(end)) {
                conditions.invalidWithoutValue(
                        "cannot disable the terminal %s=True condition".formatted(end));
            }
        }
        Field failed = status.child("failed");
        if (failed.number() < before.path("failed").asLong(0)) {
            failed.invalidNumber("cannot decrease the failed counter");
        }
        Field spec = job.child("spec");
        boolean isElastic =
                JobRules.isIndexed(spec)
                        && spec.child("completions").number() == spec.child("parallelism").number();
        Field succeeded = status.child("succeeded");
        if (!isElastic && succeeded.number() < before.path("succeeded").asLong(0)) {
            succeeded.invalidNumber("cannot decrease the succeeded counter");
        }
        Field end = status.child("completionTime");
        if (end.isSet() && before.hasNonNull("completionTime") && differs("completionTime")) {
            end.invalid("completionTime cannot be mutated");
        }
        boolean isSuspended = spec.child("suspend").isTrue();
        if (before.hasNonNull("startTime") && differs("startTime") && !isSuspended) {
            Field start = status.child("startTime");
            start.invalidAs(
                    start.isSet() ? GoText.of(start.value()) : "null",
                    "field is immutable for unsuspended job once set");
        }
        if (was(SUCCESS) && !is(SUCCESS)) {
            conditions.invalidWithoutValue("cannot disable the SuccessCriteriaMet=True condition");
        }
        if (was(COMPLETE) && !was(SUCCESS) && is(SUCCESS)) {
            conditions.invalidWithoutValue(
                    "cannot set SuccessCriteriaMet=True for Job already has Complete=true"
                            + " conditions");
        }
    }

    private boolean is(String condition) {
        return Conditions.isTrue(status.child("conditions").value(), condition);
    }

    private boolean was(String condition) {
        return Conditions.isTrue(before.path("conditions"), condition);
    }

    private boolean isChanged(String condition) {
        return is(condition) != was(condition);
    }

    private boolean differs(String field) {
        return !Sameness.same(status.child(field).value(), before.path(field));
    }

    private static boolean isFinished(JsonNode status) {
        JsonNode conditions = status.path("conditions");
        return Conditions.isTrue(conditions, COMPLETE) || Conditions.isTrue(conditions, FAILED);
    }
}
