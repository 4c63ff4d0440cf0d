package dev.gantry.controller.workload.job;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a Job while it is being written. Mutable, owned by one reconcile. */
final class StatusDraft {
    /** Compat: {@code MaxUncountedPods}. It bounds how long a status becomes. */
    private static final int MOST_UNCOUNTED = 500;

    private static final String UNCOUNTED = "uncountedTerminatedPods";
    private static final String SUSPENDED = "Suspended";
    private static final List<String> ENDS = List.of("succeeded", "failed");

    private final Resource job;
    private final ObjectNode status;
    private final Instant now;

    StatusDraft(Resource job, Instant now) {
        this.job = job;
        this.now = now;
        Resource copy = job.copy();
        this.status = Resource.child(copy.tree(), "status");
        Resource.child(status, UNCOUNTED);
    }

    /** Pods that the status names and that have no finalizer any more are counted. */
    void count(JobView view) {
        Set<String> tracked = new TreeSet<>();
        for (Resource pod : view.pods()) {
            if (JobPod.isTracked(pod)) {
                tracked.add(pod.uid().value());
            }
        }
        ObjectNode uncounted = Resource.child(status, UNCOUNTED);
        for (String end : ENDS) {
            int counted = 0;
            List<String> kept = new ArrayList<>();
            for (JsonNode uid : uncounted.path(end)) {
                if (tracked.contains(uid.asString(""))) {
                    kept.add(uid.asString(""));
                } else {
                    counted++;
                }
            }
            uncounted.remove(end);
            if (!kept.isEmpty()) {
                kept.forEach(Resource.array(uncounted, end)::add);
            }
            add(end, counted);
        }
    }

    private void add(String counter, int more) {
        if (more > 0) {
            status.put(counter, status.path(counter).asInt(0) + more);
        }
    }

    /**
     * Names the pods that ended since. Returns those whose finalizer has no purpose once this is
     * written.
     */
    List<Resource> record(JobView view, Tally tally, boolean isEnding) {
        List<Resource> done = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        int room =
                MOST_UNCOUNTED
                        - status.path(UNCOUNTED).path("succeeded").size()
                        - status.path(UNCOUNTED).path("failed").size();
        for (Resource pod : view.pods()) {
            if (room <= 0) {
                break;
            }
            boolean isNew = JobPod.isTracked(pod) && !tally.recorded().contains(pod.uid().value());
            if (isNew && hasEnded(pod, tally, isEnding)) {
                room -= note(pod, tally, indexes) ? 1 : 0;
                done.add(pod);
            }
        }
        if (tally.spec().isIndexed()) {
            indexes(tally, indexes);
        }
        return done;
    }

    private static boolean hasEnded(Resource pod, Tally tally, boolean isEnding) {
        if (JobPod.hasSucceeded(pod)) {
            return true;
        }
        if (isEnding) {
            return pod.isBeingDeleted() || JobPod.hasFailed(pod, tally.spec());
        }
        return JobPod.hasFailed(pod, tally.spec()) && !tally.isAwaitingReplacement(pod);
    }

    /** Whether the status names it now. */
    private boolean note(Resource pod, Tally tally, List<Integer> indexes) {
        JobSpec spec = tally.spec();
        boolean isPart = !spec.isIndexed() || JobPod.index(pod, spec).isPresent();
        if (!isPart) {
            return false;
        }
        if (JobPod.hasSucceeded(pod)) {
            if (spec.isIndexed()) {
                indexes.add(JobPod.index(pod, spec).orElseThrow());
            } else {
                name("succeeded", pod);
            }
            return true;
        }
        boolean isIgnored =
                spec.failurePolicy().match(pod).meaning() == FailurePolicy.Meaning.IGNORE;
        if (!isIgnored) {
            name("failed", pod);
        }
        return !isIgnored;
    }

    private void name(String end, Resource pod) {
        Resource.array(Resource.child(status, UNCOUNTED), end).add(pod.uid().value());
    }

    private void indexes(Tally tally, List<Integer> more) {
        int completions = tally.spec().completions().orElse(0);
        CompletionIndexes done =
                CompletionIndexes.parse(Resource.text(status, "completedIndexes"), completions)
                        .with(more.stream().mapToInt(Integer::intValue));
        putUnlessEmpty("completedIndexes", done.text());
        putUnlessZero("succeeded", done.total());
        if (tally.spec().backoffLimitPerIndex().isPresent()) {
            status.put("failedIndexes", tally.failedIndexes().with(IntStream.empty()).text());
        }
    }

    void pods(int active, Tally tally) {
        putUnlessZero("active", active);
        status.put("ready", Math.min(tally.ready(), active));
        status.put("terminating", tally.terminating());
    }

    /** Notes that it runs, or that it does not; what there is to tell of that. */
    Optional<String> startOrSuspend(JobSpec spec) {
        boolean was = Conditions.isTrue(status.path("conditions"), SUSPENDED);
        if (spec.isSuspended()) {
            status.remove("startTime");
            set(SUSPENDED, "True", "JobSuspended", "Job suspended");
            return was ? Optional.empty() : Optional.of("Suspended");
        }
        if (was) {
            set(SUSPENDED, "False", "JobResumed", "Job resumed");
        }
        if (was || !status.hasNonNull("startTime")) {
            status.put("startTime", Conditions.timestamp(now));
        }
        return was ? Optional.of("Resumed") : Optional.empty();
    }

    /** Counts all that the status names, whether they have their finalizer or not. */
    void countRecorded() {
        ObjectNode uncounted = Resource.child(status, UNCOUNTED);
        for (String end : ENDS) {
            add(end, uncounted.path(end).size());
            uncounted.remove(end);
        }
    }

    void interim(Outcome outcome) {
        set(outcome.interim(), "True", outcome.reason(), outcome.message());
    }

    void terminal(Outcome outcome) {
        interim(outcome);
        set(outcome.terminal(), "True", outcome.reason(), outcome.message());
        if (!status.hasNonNull("startTime")) {
            status.put("startTime", Conditions.timestamp(now));
        }
        if (outcome.isSuccess()) {
            status.put("completionTime", Conditions.timestamp(now));
        }
    }

    private void set(String type, String value, String reason, String message) {
        ArrayNode conditions = Resource.array(status, "conditions");
        Optional<JsonNode> before = Conditions.find(conditions, type);
        boolean isSaid =
                before.filter(each -> Resource.text(each, "status").equals(value)).isPresent();
        if (isSaid) {
            return;
        }
        ObjectNode target = before.isPresent() ? (ObjectNode) before.get() : conditions.addObject();
        target.put("type", type)
                .put("status", value)
                .put("lastProbeTime", Conditions.timestamp(now))
                .put("lastTransitionTime", Conditions.timestamp(now))
                .put("reason", reason)
                .put("message", message);
    }

    private void putUnlessZero(String field, int count) {
        if (count == 0) {
            status.remove(field);
        } else {
            status.put(field, count);
        }
    }

    private void putUnlessEmpty(String field, String text) {
        if (text.isEmpty()) {
            status.remove(field);
        } else {
            status.put(field, text);
        }
    }

    /** The Job with this status; empty where it says so already. */
    Optional<Resource> changed() {
        if (status.equals(job.status())) {
            return Optional.empty();
        }
        Resource next = job.copy();
        next.tree().set("status", status);
        return Optional.of(next);
    }
}
