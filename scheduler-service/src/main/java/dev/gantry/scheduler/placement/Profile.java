package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Preference;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.plugin.dynamicresources.DynamicResources;
import dev.gantry.scheduler.plugin.dynamicresources.DynamicResourcesScore;
import dev.gantry.scheduler.plugin.imagelocality.ImageLocality;
import dev.gantry.scheduler.plugin.interpodaffinity.InterPodAffinity;
import dev.gantry.scheduler.plugin.nodeaffinity.AddedAffinity;
import dev.gantry.scheduler.plugin.nodeaffinity.NodeAffinity;
import dev.gantry.scheduler.plugin.nodeaffinity.NodeAffinityScore;
import dev.gantry.scheduler.plugin.nodedeclaredfeatures.NodeDeclaredFeatures;
import dev.gantry.scheduler.plugin.nodeports.NodePorts;
import dev.gantry.scheduler.plugin.noderesources.BalanceGain;
import dev.gantry.scheduler.plugin.noderesources.BalancedAllocation;
import dev.gantry.scheduler.plugin.noderesources.LeastAllocated;
import dev.gantry.scheduler.plugin.noderesources.NodeResourcesFit;
import dev.gantry.scheduler.plugin.noderesources.QuarterMostAllocated;
import dev.gantry.scheduler.plugin.noderesources.RequestedToCapacityRatio;
import dev.gantry.scheduler.plugin.nodeunschedulable.NodeUnschedulable;
import dev.gantry.scheduler.plugin.nodevolumelimits.NodeVolumeLimits;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints;
import dev.gantry.scheduler.plugin.podtopologyspread.PodTopologySpread;
import dev.gantry.scheduler.plugin.podtopologyspread.PodTopologySpreadScore;
import dev.gantry.scheduler.plugin.tainttoleration.TaintToleration;
import dev.gantry.scheduler.plugin.tainttoleration.TaintTolerationScore;
import dev.gantry.scheduler.plugin.volumebinding.VolumeBinding;
import dev.gantry.scheduler.plugin.volumerestrictions.VolumeRestrictions;
import dev.gantry.scheduler.plugin.volumezone.VolumeZone;
import java.time.Duration;
import java.util.List;

/**
 * Which rules apply. Filters, then relations, are asked in order and the first that rejects a node
 * names the reason, so the order is part of the wire.
 *
 * @param defaultSpread the rules of pods that have none of their own, as relations and preferences
 *     know them
 * @param soleNodePenalty what a node loses in score if it holds all siblings of the pod so far
 * @param patience how long a pod that has its node waits until others have done their part there
 */
public record Profile(
        List<Filter> filters,
        List<Relation> relations,
        List<Weighted> scores,
        List<Wished> preferences,
        DefaultConstraints defaultSpread,
        int soleNodePenalty,
        Duration patience) {
    public Profile {
        filters = List.copyOf(filters);
        relations = List.copyOf(relations);
        scores = List.copyOf(scores);
        preferences = List.copyOf(preferences);
        int most = 2 * soleNodePenalty;
        for (Weighted each : scores) {
            most += Score.MAX * each.weight;
        }
        for (Wished each : preferences) {
            most += Preference.MAX * each.weight;
        }
        if (most > Rank.MAX_SCORE) {
            throw new IllegalArgumentException(
                    "the weights of a profile add up to %d, and may to %d"
                            .formatted(most / Score.MAX, Rank.MAX_SCORE / Score.MAX));
        }
    }

    /** What the node's resources are scored by. */
    public enum Strategy {
        PACKING,
        SPREADING,
        RATIO
    }

    /** A score and how much it counts. */
    public record Weighted(Score score, int weight) {}

    /** A wish about other pods and how much it counts. */
    public record Wished(Preference preference, int weight) {}

    /**
     * Puts pods where they use what would else be stranded, fills nodes one after another, and
     * never keeps all replicas of one owner on one node if another would do.
     *
     * <p>Invariant: what resources can make a difference, 125 points, is less than the penalty for
     * the sole node, and than the wish of a pod that prefers a node.
     */
    public static final Profile PACKING = of(ProfileSettings.of(Strategy.PACKING));

    /** Prefers the emptiest nodes, and spreads replicas over nodes and zones. */
    public static final Profile SPREADING = of(ProfileSettings.of(Strategy.SPREADING));

    /**
     * Compat: the rules and their order are those of kube-scheduler's default plugins.
     *
     * @throws IllegalArgumentException where the weights are too great to add up
     */
    public static Profile of(ProfileSettings settings) {
        var devices = new DynamicResources();
        return new Profile(
                filters(settings),
                relations(settings, devices),
                scores(settings),
                preferences(settings, devices.alternatives()),
                settings.defaultSpread(),
                settings.siblingsPenalty() * Score.POINT,
                settings.patience());
    }

    private static List<Filter> filters(ProfileSettings settings) {
        return List.of(
                new NodeUnschedulable(),
                new TaintToleration(),
                new AddedAffinity(settings.addedAffinity()),
                new NodeAffinity(),
                new NodePorts(),
                new NodeResourcesFit(settings.ignoredResources()),
                new NodeDeclaredFeatures());
    }

    private static List<Relation> relations(ProfileSettings settings, DynamicResources devices) {
        return List.of(
                new VolumeRestrictions(),
                new NodeVolumeLimits(),
                new VolumeBinding(),
                new VolumeZone(),
                new PodTopologySpread(settings.defaultSpread()),
                new InterPodAffinity(),
                devices);
    }

    private static List<Wished> preferences(
            ProfileSettings settings, DynamicResourcesScore alternatives) {
        return List.of(
                wished(new TaintTolerationScore(), settings),
                wished(new NodeAffinityScore(settings.addedAffinity()), settings),
                wished(new PodTopologySpreadScore(settings.defaultSpread()), settings),
                wished(settings.neighbours(), settings),
                wished(new ImageLocality(), settings),
                wished(alternatives, settings));
    }

    private static Wished wished(Preference preference, ProfileSettings settings) {
        return new Wished(preference, settings.weight(preference.name()));
    }

    private static List<Weighted> scores(ProfileSettings settings) {
        Score fit =
                switch (settings.strategy()) {
                    case PACKING -> new QuarterMostAllocated(settings.resources());
                    case SPREADING -> new LeastAllocated(settings.resources());
                    case RATIO -> new RequestedToCapacityRatio(settings.shape(), settings.resources());
                };
        Score balance =
                settings.strategy() == Strategy.PACKING
                        ? new BalanceGain(settings.balanced())
                        : new BalancedAllocation(settings.balanced());
        return List.of(
                new Weighted(fit, settings.weight("NodeResourcesFit")),
                new Weighted(balance, settings.weight("NodeResourcesBalancedAllocation")));
    }
}
