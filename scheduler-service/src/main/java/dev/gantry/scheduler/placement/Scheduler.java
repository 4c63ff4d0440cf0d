package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.filter.Filter;
import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.placement.relation.Consequences;
import dev.gantry.scheduler.placement.relation.Relation;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.List;
import java.util.Optional;

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
        var surroundings = new Surroundings(profile, pod, snapshot);
        var tally = new Tally();
        if (surroundings.hindrance().isPresent()) {
            Surroundings.Hindrance found = surroundings.hindrance().get();
            tally.hindered(found.rule(), found.reason(), snapshot.nodeCount());
            return new Placement.Unplaced(pod, tally.unplaced(snapshot.nodeCount()));
        }
        var podium = new Podium();
        for (NodeView node : candidates(pod, snapshot)) {
            int filter = appraiser.rejectingFilter(node);
            if (filter != Appraiser.FITS) {
                Filter rule = appraiser.filters().get(filter);
                tally.rejected(rule.name(), (Verdict.Rejects) rule.judge(pod.shape(), node));
                continue;
            }
            Surroundings.Opinion opinion = surroundings.judge(node);
            if (opinion.verdict() instanceof Verdict.Rejects rejects) {
                tally.rejected(opinion.rule(), rejects);
                continue;
            }
            tally.fits();
            int score = appraiser.score(node) + surroundings.score(node);
            podium.offer(node, Rank.of(score + handicap(pod, node, snapshot), node));
        }
        return podium.best()
                .<Placement>map(
                        best ->
                                new Placement.Placed(
                                        pod,
                                        best.node(),
                                        tally.placed(snapshot.nodeCount(), best, podium.second())))
                .orElseGet(() -> new Placement.Unplaced(pod, tally.unplaced(snapshot.nodeCount())));
    }

    /** What the placement of the pod on this node, which fits it, writes besides the pod. */
    public Consequences consequences(PodDemand pod, NodeView node, ClusterSnapshot snapshot) {
        Consequences all = Consequences.NONE;
        if (pod.needs().isNone()) {
            return all;
        }
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                all = all.and(each.consequences(pod, node, snapshot));
            }
        }
        return all;
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

    /** All nodes start with the penalty in hand, so that no score is negative. */
    private int handicap(PodDemand pod, NodeView node, ClusterSnapshot snapshot) {
        boolean isSole = snapshot.soleRowOf(pod.owner()) == node.row();
        return isSole ? 0 : profile.soleNodePenalty();
    }
}
