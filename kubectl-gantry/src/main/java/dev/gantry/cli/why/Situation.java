package dev.gantry.cli.why;

/** What a pod that is asked about is doing. */
public enum Situation {
    /** It does not exist (any more). */
    GONE,
    /** It succeeded or failed. */
    FINISHED,
    /** It has a node. */
    PLACED,
    /** It has no node and is being deleted. */
    LEAVING,
    /** Its scheduling gates hold it, or the PodGroup that it names is not there yet. */
    GATED,
    /** It names a scheduler that is not Gantry's. */
    FOREIGN,
    /** Other pods make way for it. */
    NOMINATED,
    /** It waits with its gang, of which not all are there, or not all fit. */
    MUSTERING,
    /** It waits, and fits nowhere. */
    PENDING,
    /** It waits, and would fit: the scheduler has not come to it yet. */
    FITS
}
