package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.column.IntCounts;
import dev.gantry.scheduler.snapshot.pod.PodTerm;

/**
 * An affinity term of pods that are on nodes already, and where these stand: what symmetric rules
 * need.
 */
public final class ExistingPodTerm {
    /** What the term says of the pods that it selects. */
    public enum Kind {
        /** Required anti-affinity. */
        ANTI_AFFINITY,
        /** Required affinity. */
        AFFINITY,
        /** Preferred affinity or, with a negative weight, anti-affinity. */
        PREFERRED
    }

    private final Key key;
    private final DomainCounts counts;
    private final IntCounts rows = new IntCounts();

    ExistingPodTerm(Key key, DomainCounts counts) {
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

    /** Where the pods stand that have this term. */
    public DomainCounts counts() {
        return counts;
    }

    public Key key() {
        return key;
    }

    public IntCounts rows() {
        return rows;
    }

    public void add(int row, int change) {
        rows.add(row, change);
        counts.add(row, change);
    }

    /** Pods with the same term share one entry. */
    public record Key(Kind kind, int weight, PodTerm term) {}
}
