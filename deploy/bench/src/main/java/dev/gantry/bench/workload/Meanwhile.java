package dev.gantry.bench.workload;

/** What else goes on while the pods are placed. */
public enum Meanwhile {
    NOTHING,
    /** Five pods a second that fit only if three others go. */
    PREEMPTORS,
    /** Five pods a second that fit nowhere. */
    HOPELESS_PODS,
    /** Each second one of a node, a pod that fits nowhere and a Service goes, or comes. */
    MIXED_CHURN
}
