package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.SpreadRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Spread rules of kind ScheduleAnyway: the emptier the node's domains, the better. */
public final class EvenSpread implements Preference {
    private static final int MAX = 100;

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public boolean concerns(PodDemand pod) {
        return pod.shape().relations().spread().stream().anyMatch(rule -> !rule.isRequired());
    }

    @Override
    public ToIntFunction<NodeView> prepare(PodDemand pod, ClusterSnapshot snapshot) {
        List<SpreadRule> rules =
                pod.shape().relations().spread().stream()
                        .filter(rule -> !rule.isRequired())
                        .toList();
        List<SpreadCounts> counts = new ArrayList<>();
        rules.forEach(rule -> counts.add(SpreadCounts.of(rule, rules, pod, snapshot)));
        return node -> {
            int total = 0;
            for (SpreadCounts each : counts) {
                total += score(node, each);
            }
            return total / counts.size();
        };
    }

    private static int score(NodeView node, SpreadCounts counts) {
        Integer here =
                counts.byDomain().get(node.facts().labels().get(counts.rule().topologyKey()));
        int most = counts.maximum();
        if (here == null) {
            return 0;
        }
        return most == 0 ? MAX : (most - here) * MAX / most;
    }
}
