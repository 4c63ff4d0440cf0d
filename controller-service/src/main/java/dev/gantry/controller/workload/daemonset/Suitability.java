package dev.gantry.controller.workload.daemonset;

/** Whether a node shall have a pod, and whether one that is there may stay. */
enum Suitability {
    RUN,
    /** Its taints let none in, but drive none out. */
    STAY,
    LEAVE
}
