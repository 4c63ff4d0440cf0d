package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts pods per value of a topology label, one by one: the way the reference does it. */
public final class Domains {
    private Domains() {}

    /** Domains without any are absent. */
    public static Map<String, Integer> count(
            Collection<PlacedPod> pods,
            Predicate<PodInfo> counts,
            String topologyKey,
            ClusterSnapshot snapshot) {
        Map<String, Integer> found = new TreeMap<>();
        for (PlacedPod each : pods) {
            String domain =
                    snapshot.node(each.node()).map(node -> of(node, topologyKey)).orElse(null);
            if (domain != null && counts.test(each.pod())) {
                found.merge(domain, 1, Integer::sum);
            }
        }
        return found;
    }

    public static @Nullable String of(NodeView node, String topologyKey) {
        return node.facts().labels().get(topologyKey);
    }
}
