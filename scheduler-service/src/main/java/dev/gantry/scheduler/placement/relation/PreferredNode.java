package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.FactRule;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.NodeWishes;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Preferred node affinity: the weights of the wishes that the node fulfils.
 *
 * @param added what the profile prefers for its pods besides what they prefer themselves
 */
public record PreferredNode(NodeWishes added) implements Preference {
    /** What a node's fulfilled wishes weigh together. */
    private record Fulfilled(List<NodeWishes.Preference> own, List<NodeWishes.Preference> added)
            implements FactRule {
        @Override
        public int of(NodeFacts node) {
            return sum(own, node) + sum(added, node);
        }

        private static int sum(List<NodeWishes.Preference> wishes, NodeFacts node) {
            int sum = 0;
            for (NodeWishes.Preference each : wishes) {
                sum += each.term().selects(node.name(), node.labels()) ? each.weight() : 0;
            }
            return sum;
        }
    }

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        return !pod.shape().wishes().preferred().isEmpty() || !added.preferred().isEmpty();
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodDemand pod, ClusterSnapshot snapshot, List<NodeView> left) {
        return Share.GOOD.among(left, fulfilled(pod));
    }

    @Override
    public int[] scores(PodDemand pod, ClusterSnapshot snapshot, Candidates left) {
        return Share.GOOD.among(left, snapshot.column(fulfilled(pod)));
    }

    private Fulfilled fulfilled(PodDemand pod) {
        return new Fulfilled(pod.shape().wishes().preferred(), added.preferred());
    }
}
