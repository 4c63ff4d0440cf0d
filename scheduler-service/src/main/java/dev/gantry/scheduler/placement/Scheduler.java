package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Places one pod: judge every node, score those that are left, take the best.
 *
 * <p>Example: three nodes, a pod that asks for 500m. Node a is cordoned (rejected by
 * NodeUnschedulable), b has 200m free (rejected by NodeResourcesFit), c has 2000m free: the pod
 * goes to c, and the explanation says that NodeUnschedulable ruled out a and NodeResourcesFit b.
 *
 * <p>This is the reference, made to be read. What runs is {@link RankedScheduler}.
 */
public final class Scheduler {
    /** Compat: what upstream says of nodes that a pod's affinity to node names leaves out. */
    static final Verdict.Rejects NOT_PINNED =
            Verdict.never("node(s) didn't satisfy plugin(s) [NodeAffinity]");

    private final Profile profile;

    public Scheduler(Profile profile) {
        this.profile = profile;
    }

    public Placement place(PodInfo asked, ClusterSnapshot snapshot) {
        PodInfo pod = snapshot.known(asked);
        var appraiser = new Appraiser(profile, pod.signature());
        var surroundings = new Surroundings(profile, pod, snapshot);
        var tally = new Tally(snapshot);
        Optional<Surroundings.Hindrance> hindrance = surroundings.hindrance();
        if (hindrance.isPresent()) {
            return hindered(pod, hindrance.get(), snapshot);
        }
        Function<NodeView, Surroundings.Opinion> judge = surroundings.judge();
        List<NodeView> left = new ArrayList<>();
        for (NodeView node : candidates(pod, snapshot, tally)) {
            int filter = appraiser.rejectingFilter(node);
            if (filter != Appraiser.FITS) {
                Filter rule = appraiser.filters().get(filter);
                tally.rejected(rule.name(), appraiser.rejection(filter, node), node);
                continue;
            }
            Surroundings.Opinion opinion = judge.apply(node);
            if (opinion.verdict() instanceof Verdict.Rejects rejects) {
                tally.rejected(opinion.rule(), rejects, node);
                continue;
            }
            left.add(node);
        }
        return left.isEmpty()
                ? new Placement.Unplaced(pod, tally.unplaced(snapshot.nodeCount()))
                : best(pod, snapshot, left, tally);
    }

    private Placement best(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left, Tally tally) {
        var appraiser = new Appraiser(profile, pod.signature());
        var surroundings = new Surroundings(profile, pod, snapshot);
        var scorecard = new Scorecard(profile, appraiser, surroundings.wished(), pod, snapshot);
        Function<NodeView, int[]> wishes = surroundings.wishes(left);
        var podium = new Podium();
        for (int i = 0; i < left.size(); i++) {
            NodeView node = left.get(i);
            int score = appraiser.score(node) + surroundings.total(wishes.apply(node));
            podium.offer(i, Rank.of(score + handicap(pod, node, snapshot), node));
        }
        NodeView best = left.get(podium.first());
        Scored chosen = scorecard.of(best, podium.firstRank(), wishes.apply(best));
        Optional<Scored> runnerUp = Optional.empty();
        if (podium.second() != Podium.NOBODY) {
            NodeView second = left.get(podium.second());
            runnerUp = Optional.of(scorecard.of(second, podium.secondRank(), wishes.apply(second)));
        }
        Explanation explanation = tally.placed(snapshot.nodeCount(), left.size(), chosen, runnerUp);
        return new Placement.Placed(pod, best.name(), explanation);
    }

    /** What the placement of the pod on this node, which fits it, writes besides the pod. */
    public Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        Consequences all = Consequences.NONE;
        if (!pod.mayHaveConsequences()) {
            return all;
        }
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                all = all.and(each.consequences(pod, node, snapshot));
            }
        }
        return all;
    }

    /** Nothing was looked at, and no node will do. */
    static Placement hindered(
            PodInfo pod, Surroundings.Hindrance hindrance, ClusterSnapshot snapshot) {
        var tally = new Tally(snapshot);
        tally.hindered(hindrance.rule(), hindrance.reason(), snapshot.nodeCount());
        return new Placement.Unplaced(pod, tally.unplaced(snapshot.nodeCount()));
    }

    /** A pod whose affinity names its nodes is not held against all the others. */
    private static List<NodeView> candidates(PodInfo pod, ClusterSnapshot snapshot, Tally tally) {
        Optional<List<String>> pinned = pod.signature().nodeAffinity().pinnedNodes();
        if (pinned.isEmpty()) {
            return snapshot.rows().stream().filter(NodeView::exists).toList();
        }
        List<NodeView> named =
                pinned.get().stream()
                        .distinct()
                        .map(snapshot::node)
                        .flatMap(Optional::stream)
                        .toList();
        tally.rejectedAllBut(named, "NodeAffinity", NOT_PINNED);
        return named;
    }

    /** All nodes start with the penalty in hand, so that no score is negative. */
    private int handicap(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        boolean isSole = snapshot.soleRowOf(pod.owner()) == node.row();
        return isSole ? 0 : profile.soleNodePenalty();
    }
}
