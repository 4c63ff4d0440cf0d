package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.snapshot.pod.PodInfo;

/** The answer for one pod. */
public sealed interface Placement {
    PodInfo pod();

    Explanation explanation();

    /** The pod goes to {@code node}. */
    record Placed(PodInfo pod, String node, Explanation explanation) implements Placement {}

    /** No node will have it as things are. */
    record Unplaced(PodInfo pod, Explanation explanation) implements Placement {
        private static final String DEVICES = "DynamicResources";

        /** The message where no other pod can make way. */
        public String message() {
            return message(
                    pod.mayPreempt()
                            ? explanation.hopeless()
                            : "not eligible due to preemptionPolicy=Never.");
        }

        /**
         * The message of the pod's PodScheduled condition and of the event.
         *
         * <p>Compat: {@code FitError.Error()} with what the PostFilter plugins say:
         * dynamicresources and default preemption, one after the other. The former knows nothing of
         * a pod that a plugin before it has rejected, says just that, and preemption is not asked.
         *
         * @param preemption what became of it; empty where victims were found
         */
        public String message(String preemption) {
            boolean hasClaims = explanation.preFilterRejectedBy().isEmpty() && pod.hasClaims();
            return message(
                    preemption,
                    hasClaims ? "still not schedulable" : "no new claims to deallocate");
        }

        /** The message where a claim that was in the way gives its devices back. */
        public String freeingMessage(String preemption) {
            return message(preemption, "deallocation of ResourceClaim completed");
        }

        private String message(String preemption, String devices) {
            if (explanation.nodes() == 0) {
                return "no nodes available to schedule pods";
            }
            if (explanation
                    .preFilterRejectedBy()
                    .filter(rule -> !rule.equals(DEVICES))
                    .isPresent()) {
                return explanation.found() + " not found";
            }
            if (preemption.isEmpty()) {
                return explanation.found();
            }
            return explanation.found() + " " + devices + ", preemption: " + preemption;
        }
    }
}
