package dev.gantry.scheduler.placement.profile;

import dev.gantry.scheduler.placement.profile.Profile.Strategy;
import dev.gantry.scheduler.plugin.interpodaffinity.InterPodAffinityScore;
import dev.gantry.scheduler.plugin.noderesources.RequestedToCapacityRatio.Point;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints;
import dev.gantry.scheduler.snapshot.pod.NodeAffinityTerms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What can be chosen about a profile; {@link ProfileReader} reads it from configuration.
 *
 * @param weights by upstream's names of the plugins
 * @param shape for strategy ratio: what a resource is worth that is so full
 * @param resources which of them count how much when a node is scored by how full it is
 * @param balanced the resources that are to be used evenly
 * @param defaultSpread for pods without spread rules of their own
 * @param neighbours what the affinity of other pods counts
 * @param addedAffinity holds for all pods of the profile
 * @param siblingsPenalty what a node loses that would hold all replicas of one owner
 * @param ignoredResources extended resources that are accounted for elsewhere, by name or by domain
 * @param patience how long a pod that has its node waits for volumes and devices there
 */
public record ProfileSettings(
        Strategy strategy,
        SortedMap<String, Integer> weights,
        List<Point> shape,
        SortedMap<String, Integer> resources,
        SortedSet<String> balanced,
        DefaultConstraints defaultSpread,
        InterPodAffinityScore neighbours,
        NodeAffinityTerms addedAffinity,
        int siblingsPenalty,
        SortedSet<String> ignoredResources,
        Duration patience) {
    private static final int SIBLINGS_PENALTY = 200;

    /** Compat: bindTimeoutSeconds of VolumeBindingArgs, bindingTimeout of DynamicResourcesArgs. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Compat: the weights of kube-scheduler's default plugins. */
    static final SortedMap<String, Integer> DEFAULT_WEIGHTS =
            new TreeMap<>(
                    Map.of(
                            "TaintToleration", 3,
                            "NodeAffinity", 2,
                            "PodTopologySpread", 2,
                            "InterPodAffinity", 2,
                            "NodeResourcesFit", 1,
                            "NodeResourcesBalancedAllocation", 1,
                            "ImageLocality", 1,
                            "DynamicResources", 2));

    /**
     * The defaults of a strategy. Packing has no default spread: that would undo the packing, so
     * there only the penalty keeps the replicas of one owner from sharing one node.
     */
    public static ProfileSettings of(Strategy strategy) {
        return new ProfileSettings(
                strategy,
                DEFAULT_WEIGHTS,
                List.of(new Point(0, 0), new Point(100, 100)),
                new TreeMap<>(Map.of("cpu", 1, "memory", 1)),
                new TreeSet<>(List.of("cpu", "memory")),
                strategy == Strategy.SPREADING
                        ? DefaultConstraints.SYSTEM
                        : DefaultConstraints.NONE,
                new InterPodAffinityScore(1, false),
                NodeAffinityTerms.NONE,
                SIBLINGS_PENALTY,
                new TreeSet<>(),
                PATIENCE);
    }

    int weight(String rule) {
        return weights.getOrDefault(rule, 0);
    }
}
