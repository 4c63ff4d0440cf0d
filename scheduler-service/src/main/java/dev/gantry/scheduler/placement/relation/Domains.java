package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts per row added up per value of a topology label. */
final class Domains {
    private Domains() {}

    /** Domains without any are absent. */
    static Map<String, Integer> sum(int[] counts, String topologyKey, ClusterSnapshot snapshot) {
        Map<String, Integer> sums = new HashMap<>();
        int rows = Math.min(counts.length, snapshot.rows().size());
        for (int row = 0; row < rows; row++) {
            NodeView node = snapshot.row(row);
            if (counts[row] > 0 && node.exists()) {
                String domain = of(node, topologyKey);
                if (domain != null) {
                    sums.merge(domain, counts[row], Integer::sum);
                }
            }
        }
        return sums;
    }

    static @Nullable String of(NodeView node, String topologyKey) {
        return node.facts().labels().get(topologyKey);
    }
}
