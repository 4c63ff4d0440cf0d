package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Hears how each attempt to place a pod ended, and of bugs; called by whoever owns the cycle. */
public interface AttemptWatcher {
    AttemptWatcher NONE = _ -> {};

    void attempted(Attempted attempt);

    /** An attempt met a bug; the pod, and its gang if it has one, is tried again. */
    default void broken(PodInfo pod, String profile, RuntimeException bug) {}

    /** What this input said is not known; whoever cannot say so does not go on without it. */
    default void leftOut(String input, RuntimeException bug) {
        throw bug;
    }

    /** What came of an attempt. */
    enum Result {
        /** The pod has its node. */
        SCHEDULED,
        /** It has none, though others may make way for it. */
        UNSCHEDULABLE
    }

    /**
     * An attempt to place one pod.
     *
     * @param tries which one it was, from 1 on
     * @param victims how many pods make way for it
     * @param since when the pod could first have been tried this time
     * @param at when it was decided
     * @param nanos how long that took, together with the rest of its gang
     */
    record Attempted(
            Uid pod,
            String profile,
            Result result,
            int tries,
            int victims,
            Instant since,
            Instant at,
            long nanos) {
        /**
         * What became of the pod that was taken from the queue, and of those of its gang. How often
         * these were tried is told as of the first.
         *
         * @param made nothing where the pod was told the same before
         */
        static List<Attempted> all(
                Attempt attempt, List<Binding> made, String profile, Instant now, long nanos) {
            var own =
                    new Attempted(
                            attempt.pod().uid(),
                            profile,
                            Result.UNSCHEDULABLE,
                            attempt.before() + 1,
                            0,
                            attempt.since(),
                            now,
                            nanos);
            List<Attempted> all = new ArrayList<>();
            for (Binding whole : made) {
                whole.all().forEach(each -> all.add(own.of(each, whole.makesWay())));
            }
            if (all.stream().noneMatch(each -> each.pod.equals(own.pod))) {
                all.add(own);
            }
            return all;
        }

        private Attempted of(Binding binding, boolean isWaiting) {
            boolean hasNode = binding.isPlaced() && !isWaiting || binding.isPreparation();
            return new Attempted(
                    binding.uid(),
                    profile,
                    hasNode ? Result.SCHEDULED : Result.UNSCHEDULABLE,
                    tries,
                    binding.victims().size(),
                    since,
                    at,
                    nanos);
        }
    }
}
