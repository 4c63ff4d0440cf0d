package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.ScaledPreference;
import dev.gantry.scheduler.plugin.Share;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.FactRule;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.NodeWishes;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.List;

/**
 * Preferred node affinity: the weights of the wishes that the node fulfils.
 *
 * @param added what the profile prefers for its pods besides what they prefer themselves
 */
public record NodeAffinityScore(NodeWishes added) implements ScaledPreference {
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
    public boolean concerns(PodShape shape, ClusterSnapshot snapshot) {
        return !shape.wishes().preferred().isEmpty() || !added.preferred().isEmpty();
    }

    @Override
    public FactRule points(PodShape shape) {
        return new Fulfilled(shape.wishes().preferred(), added.preferred());
    }

    @Override
    public Share share() {
        return Share.GOOD;
    }
}
