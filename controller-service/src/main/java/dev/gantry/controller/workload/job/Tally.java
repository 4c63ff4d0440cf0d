package dev.gantry.controller.workload.job;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.workload.job.FailurePolicy.Meaning;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * How far a Job is: what its status has counted, and what its pods add to that.
 *
 * @param active pods that run or will
 * @param succeeded pods that succeeded and are in no counter and no list yet
 * @param failed pods that failed, likewise, without those that are ignored
 * @param awaiting by index, the pod that failed last: it keeps its finalizer until another takes
 *     its place, which takes over how often the index failed
 * @param recorded uids that the status names: counted as soon as the finalizer is gone
 * @param succeededIndexes all that succeeded, whether the status has them or not
 * @param failedIndexes all that failed for good
 */
record Tally(
        JobSpec spec,
        List<Resource> active,
        int terminating,
        List<Resource> succeeded,
        List<Resource> failed,
        Map<Integer, Resource> awaiting,
        Set<String> recorded,
        CompletionIndexes succeededIndexes,
        CompletionIndexes failedIndexes) {

    static Tally of(JobView view) {
        var spec = new JobSpec(view.job());
        JsonNode status = view.job().status();
        Set<String> recorded = new TreeSet<>();
        status.path("uncountedTerminatedPods")
                .forEach(list -> list.forEach(uid -> recorded.add(uid.asString(""))));
        List<Resource> active = view.pods().stream().filter(PodLife::isActive).toList();
        List<Resource> fresh =
                view.pods().stream().filter(pod -> isFresh(pod, spec, recorded)).toList();
        List<Resource> succeeded = fresh.stream().filter(JobPod::hasSucceeded).toList();
        List<Resource> failed =
                fresh.stream()
                        .filter(pod -> JobPod.hasFailed(pod, spec) && !isIgnored(pod, spec))
                        .toList();
        int completions = spec.completions().orElse(0);
        CompletionIndexes done =
                indexes(status, "completedIndexes", completions)
                        .with(
                                succeeded.stream()
                                        .flatMapToInt(pod -> JobPod.index(pod, spec).stream()));
        CompletionIndexes lost = lost(view, spec, indexes(status, "failedIndexes", completions));
        return new Tally(
                spec,
                active,
                (int) view.pods().stream().filter(JobPod::isTerminating).count(),
                succeeded,
                failed,
                awaiting(view, spec, active, done, lost),
                recorded,
                done,
                lost);
    }

    /** Whether it is in no counter and no list yet, and part of the Job. */
    private static boolean isFresh(Resource pod, JobSpec spec, Set<String> recorded) {
        return JobPod.isTracked(pod)
                && !recorded.contains(pod.uid().value())
                && (!spec.isIndexed() || JobPod.index(pod, spec).isPresent());
    }

    private static CompletionIndexes indexes(JsonNode status, String field, int completions) {
        return CompletionIndexes.parse(Resource.text(status, field), completions);
    }

    private static boolean isIgnored(Resource pod, JobSpec spec) {
        return spec.failurePolicy().match(pod).meaning() == Meaning.IGNORE;
    }

    /** Those that failed as often as they may, or of which a rule says so. */
    private static CompletionIndexes lost(JobView view, JobSpec spec, CompletionIndexes before) {
        OptionalInt limit = spec.backoffLimitPerIndex();
        if (limit.isEmpty()) {
            return CompletionIndexes.NONE;
        }
        return before.with(
                view.pods().stream()
                        .filter(pod -> JobPod.isTracked(pod) && JobPod.hasFailed(pod, spec))
                        .filter(pod -> isLast(pod, spec, limit.getAsInt()))
                        .flatMapToInt(pod -> JobPod.index(pod, spec).stream()));
    }

    private static boolean isLast(Resource pod, JobSpec spec, int limit) {
        return switch (spec.failurePolicy().match(pod).meaning()) {
            case FAIL_INDEX -> true;
            case IGNORE -> false;
            default -> JobPod.failuresBefore(pod) >= limit;
        };
    }

    private static Map<Integer, Resource> awaiting(
            JobView view,
            JobSpec spec,
            List<Resource> active,
            CompletionIndexes done,
            CompletionIndexes lost) {
        Map<Integer, Resource> found = new TreeMap<>();
        if (spec.backoffLimitPerIndex().isEmpty()) {
            return found;
        }
        Set<Integer> running = new TreeSet<>();
        active.forEach(pod -> JobPod.index(pod, spec).ifPresent(running::add));
        for (Resource pod : view.pods()) {
            OptionalInt index = JobPod.index(pod, spec);
            boolean isOpen =
                    index.isPresent()
                            && !done.has(index.getAsInt())
                            && !lost.has(index.getAsInt())
                            && !running.contains(index.getAsInt());
            if (isOpen && JobPod.isTracked(pod) && JobPod.hasFailed(pod, spec)) {
                found.merge(index.getAsInt(), pod, Tally::later);
            }
        }
        return found;
    }

    private static Resource later(Resource one, Resource other) {
        int before = JobPod.failuresBefore(one) + JobPod.ignoredBefore(one);
        int after = JobPod.failuresBefore(other) + JobPod.ignoredBefore(other);
        return after > before ? other : one;
    }

    int succeededCount() {
        return spec.isIndexed()
                ? succeededIndexes.total()
                : counted("succeeded") + succeeded.size();
    }

    int failedCount() {
        return counted("failed") + failed.size();
    }

    /** In the counter, or named by the status and about to be. */
    private int counted(String what) {
        JsonNode status = spec.job().status();
        return status.path(what).asInt(0)
                + status.path("uncountedTerminatedPods").path(what).size();
    }

    boolean isAwaitingReplacement(Resource pod) {
        return awaiting.values().stream().anyMatch(each -> each.uid().equals(pod.uid()));
    }

    int ready() {
        return (int) active.stream().filter(PodLife::isReady).count();
    }

    /** The pod that a rule says the Job fails for. */
    Optional<String> fatal(List<Resource> pods) {
        for (Resource pod : pods) {
            if (JobPod.hasFailed(pod, spec)) {
                FailurePolicy.Match match = spec.failurePolicy().match(pod);
                if (match.meaning() == Meaning.FAIL_JOB) {
                    return Optional.of(match.why());
                }
            }
        }
        return Optional.empty();
    }
}
