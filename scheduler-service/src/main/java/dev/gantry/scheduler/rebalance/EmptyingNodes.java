package dev.gantry.scheduler.rebalance;

import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.Mobility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for nodes whose pods would all find a place on nodes that are at least as full.
 *
 * <p>Example: nodes a (10 % full), b (50 %), c (60 %). If all pods of a would go to b or c, they
 * move, even if that takes several plans, for each leaves a the least filled. If one of them would
 * have to stay, or would go to an empty node d, none moves.
 */
final class EmptyingNodes {
    /** Cost: a plan of 5,000 nodes need not look at more than the emptiest. */
    private static final int TRIED = 8;

    /** The node life cycle's own marks: not ready, unreachable, under pressure, out of service. */
    private static final String PLATFORM = "node.kubernetes.io/";

    private final ClusterSnapshot snapshot;
    private final Permits permits;
    private final Skews skews;
    private final Trial trial;
    private final Fullness fullness;

    private record Candidate(NodeView node, double fill) {}

    EmptyingNodes(ClusterSnapshot copy, Permits permits, Skews skews, Trial trial) {
        this.snapshot = copy;
        this.permits = permits;
        this.skews = skews;
        this.trial = trial;
        this.fullness = new Fullness(copy);
    }

    List<Move> propose(int limit) {
        List<Move> moves = new ArrayList<>();
        for (Candidate each : candidates()) {
            if (moves.size() < limit) {
                moves.addAll(empty(each, limit - moves.size()));
            }
        }
        return moves;
    }

    private List<Candidate> candidates() {
        return snapshot.rows().stream()
                .filter(node -> node.exists() && isOpen(node))
                .filter(this::couldBecomeEmpty)
                .map(node -> new Candidate(node, fullness.of(node)))
                .sorted(
                        Comparator.comparingDouble(Candidate::fill)
                                .thenComparing(each -> each.node.name()))
                .limit(TRIED)
                .toList();
    }

    /** A node that is cordoned or unwell is left to others. */
    private static boolean isOpen(NodeView node) {
        boolean isOptedOut =
                node.facts().labels().getOrDefault(Mobility.REBALANCE, "").equals("false");
        return !isOptedOut
                && !node.facts().isUnschedulable()
                && node.facts().taints().stream()
                        .filter(Taint::isForbidding)
                        .noneMatch(each -> each.key().startsWith(PLATFORM));
    }

    private boolean couldBecomeEmpty(NodeView node) {
        List<PlacedPod> guests = fullness.guests(node);
        return !guests.isEmpty() && guests.stream().allMatch(permits::couldGo);
    }

    /** The moves that may be made now, of those that would empty it; none where one is missing. */
    private List<Move> empty(Candidate candidate, int limit) {
        List<PlacedPod> guests = inOrder(candidate.node);
        List<String> destinations = new ArrayList<>();
        for (PlacedPod each : guests) {
            Optional<NodeView> to = step(each, candidate);
            if (to.isEmpty()) {
                trial.takeBack();
                return List.of();
            }
            destinations.add(to.get().name());
        }
        trial.keep();
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < guests.size() && moves.size() < limit; i++) {
            PlacedPod guest = guests.get(i);
            if (permits.mayGo(guest)) {
                permits.go(guest);
                moves.add(move(guest, destinations.get(i), candidate));
            }
        }
        return moves;
    }

    /**
     * Those that will go now come first, so that they are tried as they will go; big ones first.
     */
    private List<PlacedPod> inOrder(NodeView node) {
        List<PlacedPod> now = new ArrayList<>();
        List<PlacedPod> later = new ArrayList<>();
        Set<String> workloads = new HashSet<>();
        fullness.guests(node).stream()
                .sorted(
                        Comparator.comparingDouble(
                                        (PlacedPod each) -> -fullness.share(each.pod(), node))
                                .thenComparing(each -> each.pod().key()))
                .forEach(
                        each -> {
                            boolean isNext =
                                    permits.mayGo(each) && workloads.add(each.pod().owner());
                            (isNext ? now : later).add(each);
                        });
        now.addAll(later);
        return now;
    }

    /** Moves one pod, unless that is to a node that is emptier, or makes spread worse. */
    private Optional<NodeView> step(PlacedPod pod, Candidate candidate) {
        Optional<NodeView> to =
                trial.destination(pod).filter(node -> fullness.of(node) >= candidate.fill);
        if (to.isEmpty()) {
            return to;
        }
        int before = skews.excess(pod);
        trial.move(pod, to.get());
        return skews.excess(pod) > before ? Optional.empty() : to;
    }

    private static Move move(PlacedPod placed, String to, Candidate candidate) {
        String why =
                "to empty the node, which is %d%% full: all that is on it fits on fuller ones"
                        .formatted(Math.round(100 * candidate.fill));
        return Move.of(placed, to, Goal.EMPTY_NODES, why);
    }
}
