package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.device.DynamicResources;
import dev.gantry.scheduler.placement.filter.Filter;
import dev.gantry.scheduler.placement.filter.FreePorts;
import dev.gantry.scheduler.placement.filter.FreeResources;
import dev.gantry.scheduler.placement.filter.SchedulableNode;
import dev.gantry.scheduler.placement.filter.ToleratedTaints;
import dev.gantry.scheduler.placement.filter.WantedNode;
import dev.gantry.scheduler.placement.relation.EvenSpread;
import dev.gantry.scheduler.placement.relation.LikedNeighbours;
import dev.gantry.scheduler.placement.relation.PodAffinity;
import dev.gantry.scheduler.placement.relation.Preference;
import dev.gantry.scheduler.placement.relation.Relation;
import dev.gantry.scheduler.placement.relation.SpreadDefaults;
import dev.gantry.scheduler.placement.relation.TopologySpread;
import dev.gantry.scheduler.placement.score.Balance;
import dev.gantry.scheduler.placement.score.FewUnlovedTaints;
import dev.gantry.scheduler.placement.score.LeastAllocated;
import dev.gantry.scheduler.placement.score.MostAllocated;
import dev.gantry.scheduler.placement.score.PreferredNode;
import dev.gantry.scheduler.placement.score.Score;
import dev.gantry.scheduler.placement.volume.NodeVolumeLimits;
import dev.gantry.scheduler.placement.volume.VolumeBinding;
import dev.gantry.scheduler.placement.volume.VolumeRestrictions;
import dev.gantry.scheduler.placement.volume.VolumeZone;
import java.util.List;

/**
 * Which rules apply. Filters, then relations, are asked in order and the first that rejects a node
 * names the reason, so the order is part of the wire.
 *
 * @param soleNodePenalty what a node loses in score if it holds all siblings of the pod so far
 */
public record Profile(
        List<Filter> filters,
        List<Relation> relations,
        List<Weighted> scores,
        List<Wished> preferences,
        int soleNodePenalty) {
    public Profile {
        filters = List.copyOf(filters);
        relations = List.copyOf(relations);
        scores = List.copyOf(scores);
        preferences = List.copyOf(preferences);
    }

    /** A score and how much it counts. */
    public record Weighted(Score score, int weight) {}

    /** A wish about other pods and how much it counts. */
    public record Wished(Preference preference, int weight) {}

    /** Compat: the order of kube-scheduler's default plugins. */
    private static final List<Relation> RELATIONS =
            List.of(
                    new VolumeRestrictions(),
                    new NodeVolumeLimits(),
                    new VolumeBinding(),
                    new VolumeZone(),
                    new TopologySpread(SpreadDefaults.NONE),
                    new PodAffinity(),
                    new DynamicResources());

    private static final List<Wished> PREFERENCES =
            List.of(
                    new Wished(new EvenSpread(SpreadDefaults.NONE), 2),
                    new Wished(new LikedNeighbours(1), 2));

    /** Compat: the order of kube-scheduler's default plugins. */
    private static final List<Filter> FILTERS =
            List.of(
                    new SchedulableNode(),
                    new ToleratedTaints(),
                    new WantedNode(),
                    new FreePorts(),
                    new FreeResources());

    /**
     * Fills nodes one after another, avoids stranding one resource, and never keeps all replicas of
     * one owner on one node if another would do.
     */
    public static final Profile PACKING =
            new Profile(
                    FILTERS,
                    RELATIONS,
                    List.of(
                            new Weighted(new FewUnlovedTaints(), 3),
                            new Weighted(new PreferredNode(), 2),
                            new Weighted(new MostAllocated(), 1),
                            new Weighted(new Balance(), 1)),
                    PREFERENCES,
                    200);

    /** Prefers the emptiest nodes. */
    public static final Profile SPREADING =
            new Profile(
                    FILTERS,
                    RELATIONS,
                    List.of(
                            new Weighted(new FewUnlovedTaints(), 3),
                            new Weighted(new PreferredNode(), 2),
                            new Weighted(new LeastAllocated(), 1),
                            new Weighted(new Balance(), 1)),
                    PREFERENCES,
                    200);
}
