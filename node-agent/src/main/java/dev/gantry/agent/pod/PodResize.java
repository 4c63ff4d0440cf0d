package dev.gantry.agent.pod;

import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Where a pod stands with its resources.
 *
 * <pre>
 *   asks for others ──► pending ──room──► actuation ──all steps done, and told by the runtime──► none
 *                                              │ ▲
 *                                              ▼ │ later
 *                                            failed
 * </pre>
 *
 * @param pending why what is asked for is not allocated
 * @param actuation while the cgroups do not hold yet what is allocated
 * @param work how far the latest steps have come
 * @param written by container id: what the runtime took last, whatever it tells of it
 */
public record PodResize(
        Optional<Pending> pending,
        Optional<Actuation> actuation,
        Stage work,
        SortedMap<String, LinuxResources> written) {
    public static final String PENDING = "PodResizePending";
    public static final String IN_PROGRESS = "PodResizeInProgress";
    public static final PodResize NONE =
            new PodResize(Optional.empty(), Optional.empty(), new Stage.Absent(), new TreeMap<>());

    /**
     * @param reason {@code Deferred} until there is room, or {@code Infeasible} on this node
     * @param generation of the pod that asked
     */
    public record Pending(String reason, String message, long generation, Instant since) {
        public static final String DEFERRED = "Deferred";
        public static final String INFEASIBLE = "Infeasible";

        boolean saysLike(Pending other) {
            return reason.equals(other.reason)
                    && message.equals(other.message)
                    && generation == other.generation;
        }
    }

    /**
     * @param error why the latest try failed; empty where it did not
     * @param generation of the pod that asked
     */
    public record Actuation(String error, long generation, Instant since) {}

    /** As an earlier agent left it, by the conditions that it reported. */
    public static PodResize of(JsonNode conditions) {
        return new PodResize(
                Conditions.find(conditions, PENDING)
                        .map(
                                each ->
                                        new Pending(
                                                Resource.text(each, "reason"),
                                                Resource.text(each, "message"),
                                                generation(each),
                                                since(each))),
                Conditions.find(conditions, IN_PROGRESS)
                        .map(each -> new Actuation("", generation(each), since(each))),
                new Stage.Absent(),
                new TreeMap<>());
    }

    private static long generation(JsonNode condition) {
        return condition.path("observedGeneration").asLong(0);
    }

    private static Instant since(JsonNode condition) {
        return Resource.instant(condition.path("lastTransitionTime")).orElse(Instant.EPOCH);
    }

    /** Keeps the time of an earlier one for the same reason. */
    public PodResize waits(Pending why) {
        Optional<Instant> before =
                pending.filter(each -> each.reason.equals(why.reason)).map(Pending::since);
        var kept = new Pending(why.reason, why.message, why.generation, before.orElse(why.since));
        return new PodResize(Optional.of(kept), actuation, work, written);
    }

    public boolean saysAlready(Pending why) {
        return pending.filter(each -> each.saysLike(why)).isPresent();
    }

    public PodResize waitsNoMore() {
        return new PodResize(Optional.empty(), actuation, work, written);
    }

    /** What is under way goes on, and is not the end of it. */
    public PodResize begins(Actuation begun) {
        Stage next = work instanceof Stage.UnderWay ? work : new Stage.Absent();
        return new PodResize(Optional.empty(), Optional.of(begun), next, written);
    }

    public PodResize isUnderWay() {
        return new PodResize(pending, actuation, new Stage.UnderWay(), written);
    }

    /**
     * @param begun what the steps were taken for: another one may have begun meanwhile
     */
    public PodResize isWritten(
            Optional<Actuation> begun, SortedMap<String, LinuxResources> resources) {
        Stage next = begun.equals(actuation) ? new Stage.Ready() : new Stage.Absent();
        SortedMap<String, LinuxResources> all = new TreeMap<>(written);
        all.putAll(resources);
        return new PodResize(pending, actuation, next, all);
    }

    public PodResize hasFailed(Actuation failed, Stage.Failed until) {
        return new PodResize(pending, Optional.of(failed), until, written);
    }

    public PodResize isDone() {
        return new PodResize(pending, Optional.empty(), new Stage.Absent(), written);
    }
}
