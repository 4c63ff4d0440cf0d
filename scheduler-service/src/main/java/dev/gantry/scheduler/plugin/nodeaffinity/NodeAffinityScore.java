package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.ScaledPreference;
import dev.gantry.scheduler.plugin.Share;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.NodeAffinityTerms;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;

/**
 * Preferred node affinity: the weights of the terms that the node matches.
 *
 * @param added what the profile prefers for its pods besides what they prefer themselves
 */
public record NodeAffinityScore(NodeAffinityTerms added) implements ScaledPreference {
    /** What the terms that a node matches weigh together. */
    private record MatchedTerms(
            List<NodeAffinityTerms.Preference> own, List<NodeAffinityTerms.Preference> added)
            implements FactRule {
        @Override
        public int of(NodeFacts node) {
            return sum(own, node) + sum(added, node);
        }

        private static int sum(List<NodeAffinityTerms.Preference> terms, NodeFacts node) {
            int sum = 0;
            for (NodeAffinityTerms.Preference each : terms) {
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
    public boolean concerns(PodSignature signature, ClusterSnapshot snapshot) {
        return !signature.nodeAffinity().preferred().isEmpty() || !added.preferred().isEmpty();
    }

    @Override
    public FactRule points(PodSignature signature) {
        return new MatchedTerms(signature.nodeAffinity().preferred(), added.preferred());
    }

    @Override
    public Share share() {
        return Share.GOOD;
    }
}
