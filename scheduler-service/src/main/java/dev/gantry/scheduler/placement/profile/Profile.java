package dev.gantry.scheduler.placement.profile;

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
        List<WeightedScore> scores,
        List<WeightedPreference> preferences,
        DefaultConstraints defaultSpread,
        int soleNodePenalty,
        Duration patience) {
    /** The greatest score that a rank of a node has room for. */
    public static final int MAX_SCORE = (1 << 20) - 1;

    public Profile {
        filters = List.copyOf(filters);
        relations = List.copyOf(relations);
        scores = List.copyOf(scores);
        preferences = List.copyOf(preferences);
        int most = 2 * soleNodePenalty;
        for (WeightedScore each : scores) {
            most += Score.MAX * each.weight;
        }
        for (WeightedPreference each : preferences) {
            most += Preference.MAX * each.weight;
        }
        if (most > MAX_SCORE) {
            throw new IllegalArgumentException(
                    "the weights of a profile add up to %d, and may to %d"
                            .formatted(most / Score.MAX, MAX_SCORE / Score.MAX));
        }
    }

    /** What the node's resources are scored by. */
    public enum Strategy {
        PACKING,
        SPREADING,
        RATIO
    }

    /** A score and how much it counts. */
    public record WeightedScore(Score score, int weight) {}

    /** A preference and how much it counts. */
    public record WeightedPreference(Preference preference, int weight) {}

    /**
     * Puts pods where they use what would else be stranded, fills nodes one after another, and
     * never keeps all replicas of one owner on one node if another would do.
     *
     * <p>Invariant: what resources can make a difference, 125 points, is less than the penalty for
     * the sole node, and than what a preferred node is worth to a pod.
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

    private static List<WeightedPreference> preferences(
            ProfileSettings settings, DynamicResourcesScore alternatives) {
        return List.of(
                weighted(new TaintTolerationScore(), settings),
                weighted(new NodeAffinityScore(settings.addedAffinity()), settings),
                weighted(new PodTopologySpreadScore(settings.defaultSpread()), settings),
                weighted(settings.neighbours(), settings),
                weighted(new ImageLocality(), settings),
                weighted(alternatives, settings));
    }

    private static WeightedPreference weighted(Preference preference, ProfileSettings settings) {
        return new WeightedPreference(preference, settings.weight(preference.name()));
    }

    private static List<WeightedScore> scores(ProfileSettings settings) {
        Score fit =
                switch (settings.strategy()) {
                    case PACKING -> new QuarterMostAllocated(settings.resources());
                    case SPREADING -> new LeastAllocated(settings.resources());
                    case RATIO ->
                            new RequestedToCapacityRatio(settings.shape(), settings.resources());
                };
        Score balance =
                settings.strategy() == Strategy.PACKING
                        ? new BalanceGain(settings.balanced())
                        : new BalancedAllocation(settings.balanced());
        return List.of(
                new WeightedScore(fit, settings.weight("NodeResourcesFit")),
                new WeightedScore(balance, settings.weight("NodeResourcesBalancedAllocation")));
    }
}
