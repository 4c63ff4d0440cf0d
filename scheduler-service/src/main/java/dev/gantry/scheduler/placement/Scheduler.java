package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.filter.Filter;
import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Places one pod: judge every node, score those that fit, take the best.
 *
 * <p>Example: three nodes, a pod that asks for 500m. Node a is cordoned (rejected by
 * NodeUnschedulable), b has 200m free (rejected by NodeResourcesFit), c has 2000m free: the pod
 * goes to c, and the explanation says {@code ruledOut: {NodeResourcesFit: 1, NodeUnschedulable:
 * 1}}.
 *
 * <p>This is the reference, made to be read. What runs is {@link RankedScheduler}.
 */
public final class Scheduler {
    private final Profile profile;

    public Scheduler(Profile profile) {
        this.profile = profile;
    }

    public Placement place(PodDemand pod, ClusterSnapshot snapshot) {
        var appraiser = new Appraiser(profile, pod.shape());
        var tally = new Tally();
        Candidate best = null;
        Candidate second = null;
        for (NodeView node : candidates(pod, snapshot)) {
            int filter = appraiser.rejectingFilter(node);
            if (filter != Appraiser.FITS) {
                Filter rule = appraiser.filters().get(filter);
                tally.rejected(rule, (Verdict.Rejects) rule.judge(pod.shape(), node));
                continue;
            }
            tally.fits();
            var found = new Candidate(node, rank(pod, node, appraiser, snapshot));
            if (found.beats(best)) {
                second = best;
                best = found;
            } else if (found.beats(second)) {
                second = found;
            }
        }
        int nodes = snapshot.nodeCount();
        if (best == null) {
            return new Placement.Unplaced(pod, tally.unplaced(nodes));
        }
        var runnerUp = Optional.ofNullable(second).map(Candidate::scored);
        return new Placement.Placed(
                pod, best.node().name(), tally.placed(nodes, best.scored(), runnerUp));
    }

    /** A pod whose affinity names its nodes is not held against all the others. */
    static List<NodeView> candidates(PodDemand pod, ClusterSnapshot snapshot) {
        Optional<List<String>> pinned = pod.shape().wishes().pinnedNodes();
        if (pinned.isPresent()) {
            return pinned.get().stream()
                    .distinct()
                    .map(snapshot::node)
                    .flatMap(Optional::stream)
                    .toList();
        }
        return snapshot.rows().stream().filter(NodeView::exists).toList();
    }

    private long rank(PodDemand pod, NodeView node, Appraiser appraiser, ClusterSnapshot snapshot) {
        boolean isSole = snapshot.soleRowOf(pod.owner()) == node.row();
        int penalty = isSole ? profile.soleNodePenalty() : 0;
        return Rank.of(appraiser.score(node) + profile.soleNodePenalty() - penalty, node);
    }

    private record Candidate(NodeView node, long rank) {
        boolean beats(@Nullable Candidate other) {
            return other == null || rank > other.rank;
        }

        Scored scored() {
            return new Scored(node.name(), Rank.score(rank));
        }
    }
}
