package dev.gantry.scheduler.snapshot;

import dev.gantry.scheduler.snapshot.pod.PodTerm;

/**
 * A wish that pods on nodes have about others, and where they stand: what "symmetric" rules need to
 * know.
 */
public final class HeldTerm {
    /** What such a pod wants of the pods that its term speaks of. */
    public enum Kind {
        /** They must not come near: required anti-affinity. */
        APART,
        /** They had to be near: required affinity. */
        NEAR,
        /** It would rather have them near or, with a negative weight, not. */
        LIKED
    }

    private final Key key;
    private final DomainCounts counts;
    private final IntCounts rows = new IntCounts();

    HeldTerm(Key key, DomainCounts counts) {
        this.key = key;
        this.counts = counts;
    }

    public Kind kind() {
        return key.kind;
    }

    /** Zero for what is required. */
    public int weight() {
        return key.weight;
    }

    public PodTerm term() {
        return key.term;
    }

    /** Where the pods stand that have this wish. */
    public DomainCounts counts() {
        return counts;
    }

    Key key() {
        return key;
    }

    IntCounts rows() {
        return rows;
    }

    void add(int row, int change) {
        rows.add(row, change);
        counts.add(row, change);
    }

    /** Pods with the same wish share one entry. */
    record Key(Kind kind, int weight, PodTerm term) {}
}
