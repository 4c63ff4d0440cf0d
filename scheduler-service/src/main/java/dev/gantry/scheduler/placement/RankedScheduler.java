package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.placement.relation.Consequences;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fast twin of {@link Scheduler}: pods of equal shape share one {@link Ranking} of all nodes.
 *
 * <p>Invariant: gives the same placement and explanation as the reference; a seeded differential
 * test holds it to that.
 *
 * <p>Owned by one thread together with its snapshot.
 */
public final class RankedScheduler {
    private static final int RANKINGS = 128;

    private final Profile profile;
    private final Scheduler reference;
    private final Map<PodShape, Ranking> rankings =
            new LinkedHashMap<>(2 * RANKINGS, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<PodShape, Ranking> eldest) {
                    return size() > RANKINGS;
                }
            };

    public RankedScheduler(Profile profile) {
        this.profile = profile;
        this.reference = new Scheduler(profile);
    }

    public Placement place(PodDemand pod, ClusterSnapshot snapshot) {
        if (pod.shape().wishes().pinnedNodes().isPresent()) {
            return reference.place(pod, snapshot);
        }
        Ranking ranking =
                rankings.computeIfAbsent(pod.shape(), shape -> new Ranking(profile, shape));
        ranking.follow(snapshot);
        if (ranking.feasible() == 0) {
            return reference.place(pod, snapshot);
        }
        var surroundings = new Surroundings(profile, pod, snapshot);
        if (surroundings.hindrance().isPresent()) {
            return reference.place(pod, snapshot);
        }
        return surroundings.areIndifferent()
                ? choose(pod, snapshot, ranking)
                : scan(pod, snapshot, ranking, surroundings);
    }

    /** With rules about other pods, all nodes that pass the filters are looked at. */
    private Placement scan(
            PodDemand pod, ClusterSnapshot snapshot, Ranking ranking, Surroundings surroundings) {
        var tally = new Tally();
        tally.add(ranking.ruledOut());
        var podium = new Podium();
        int sole = snapshot.soleRowOf(pod.owner());
        for (int row = 0; row < snapshot.rows().size(); row++) {
            long rank = ranking.rankOf(row);
            if (rank == Rank.NONE) {
                continue;
            }
            NodeView node = snapshot.row(row);
            Surroundings.Opinion opinion = surroundings.judge(node);
            if (opinion.verdict() instanceof Verdict.Rejects rejects) {
                tally.rejected(opinion.rule(), rejects);
                continue;
            }
            tally.fits();
            int penalty = row == sole ? profile.soleNodePenalty() : 0;
            int score = Rank.score(rank) + surroundings.score(node) - penalty;
            podium.offer(node, Rank.of(score, node));
        }
        Optional<Scored> best = podium.best();
        if (best.isEmpty()) {
            return reference.place(pod, snapshot);
        }
        Explanation explanation = tally.placed(snapshot.nodeCount(), best.get(), podium.second());
        return new Placement.Placed(pod, best.get().node(), explanation);
    }

    /** What the placement of the pod on this node writes besides the pod. */
    public Consequences consequences(PodDemand pod, NodeView node, ClusterSnapshot snapshot) {
        return reference.consequences(pod, node, snapshot);
    }

    /** Whether the node passes every filter now. */
    public boolean fits(PodShape shape, NodeView node) {
        return node.exists()
                && new Appraiser(profile, shape).rejectingFilter(node) == Appraiser.FITS;
    }

    /** The one node that holds all siblings loses its penalty while best and second are read. */
    private Placement choose(PodDemand pod, ClusterSnapshot snapshot, Ranking ranking) {
        int sole = snapshot.soleRowOf(pod.owner());
        long soleRank = sole < 0 ? Rank.NONE : ranking.rankOf(sole);
        if (soleRank != Rank.NONE) {
            int lowered = Rank.score(soleRank) - profile.soleNodePenalty();
            ranking.set(sole, Rank.of(lowered, snapshot.row(sole)));
        }
        int bestRow = ranking.bestRow();
        long best = ranking.best();
        ranking.set(bestRow, Rank.NONE);
        Optional<Scored> second =
                ranking.best() == Rank.NONE
                        ? Optional.empty()
                        : Optional.of(scored(snapshot, ranking.bestRow(), ranking.best()));
        ranking.set(bestRow, best);
        if (soleRank != Rank.NONE) {
            ranking.set(sole, soleRank);
        }
        Scored chosen = scored(snapshot, bestRow, best);
        var explanation =
                new Explanation(
                        snapshot.nodeCount(),
                        ranking.feasible(),
                        ranking.ruledOut(),
                        new TreeMap<>(),
                        0,
                        Optional.of(chosen),
                        second);
        return new Placement.Placed(pod, chosen.node(), explanation);
    }

    private static Scored scored(ClusterSnapshot snapshot, int row, long rank) {
        return new Scored(snapshot.row(row).name(), Rank.score(rank));
    }
}
