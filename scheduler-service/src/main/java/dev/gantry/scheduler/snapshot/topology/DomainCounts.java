package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.column.IntCounts;
import org.jspecify.annotations.Nullable;

/**
 * How many pods of some kind each domain of a topology has. Always current; only the owning
 * snapshot changes it.
 */
public final class DomainCounts {
    private final Topology topology;
    private final @Nullable Region region;
    private final IntCounts pods = new IntCounts();
    private int total;

    DomainCounts(Topology topology, @Nullable Region region) {
        this.topology = topology;
        this.region = region;
    }

    public DomainCounts copy() {
        var copy = new DomainCounts(topology, region);
        pods.forEach(domain -> copy.pods.add(domain, pods.get(domain)));
        copy.total = total;
        return copy;
    }

    public Topology topology() {
        return topology;
    }

    /** By domain. Only to be read. */
    public IntCounts pods() {
        return pods;
    }

    /** How many pods there are in all domains together. */
    public int total() {
        return total;
    }

    /** How many domains have a node that counts. */
    public int present() {
        return region == null ? topology.size() : region.present();
    }

    /** The number of pods of the emptiest domain that has a node that counts; 0 without any. */
    public int minimum() {
        if (pods.size() < present() || present() == 0) {
            return 0;
        }
        int bound = region == null ? topology.bound() : region.bound();
        int least = Integer.MAX_VALUE;
        for (int domain = 0; domain < bound; domain++) {
            if (isPresent(domain)) {
                least = Math.min(least, pods.get(domain));
            }
        }
        return least;
    }

    private boolean isPresent(int domain) {
        return region == null ? topology.nodes()[domain] > 0 : region.isPresent(domain);
    }

    public void add(int row, int change) {
        int domain = region != null && !region.holds(row) ? Topology.NONE : topology.domainOf(row);
        if (domain != Topology.NONE) {
            pods.add(domain, change);
            total += change;
        }
    }
}
