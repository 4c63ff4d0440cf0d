package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.rebalance.Skews.Skew;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for pods of crowded domains that the scheduler would place so that less of their spread
 * rules is violated. Kubernetes does not look at these again once a pod is placed: nodes come and
 * go, and what was even is no more.
 */
final class RestoringSpread {
    private static final int RULES = 16;
    private static final int PODS = 16;

    private final ClusterSnapshot snapshot;
    private final Permits permits;
    private final Skews skews;
    private final Trial trial;

    private record Crowded(PlacedPod pod, int excess) {}

    RestoringSpread(ClusterSnapshot copy, Permits permits, Skews skews, Trial trial) {
        this.snapshot = copy;
        this.permits = permits;
        this.skews = skews;
        this.trial = trial;
    }

    List<Move> propose(int limit) {
        List<Move> moves = new ArrayList<>();
        List<Skew> worstFirst =
                skews.violated().stream()
                        .sorted(Comparator.comparing(each -> -each.excess()))
                        .limit(RULES)
                        .toList();
        for (Skew each : worstFirst) {
            if (moves.size() < limit) {
                improve(each).ifPresent(moves::add);
            }
        }
        return moves;
    }

    /** At most one move, since the pods of one rule are mostly those of one workload. */
    private Optional<Move> improve(Skew skew) {
        for (PlacedPod each : crowded(skew)) {
            String why = why(skew);
            int before = skews.excess(each);
            Optional<NodeView> to = trial.destination(each);
            if (to.isPresent()) {
                trial.move(each, to.get());
                if (skews.excess(each) < before) {
                    trial.keep();
                    permits.go(each);
                    return Optional.of(Move.of(each, to.get().name(), Goal.RESTORE_SPREAD, why));
                }
                trial.takeBack();
            }
        }
        return Optional.empty();
    }

    /** Pods that have the rule, stand where too many are, and may go; the least important first. */
    private List<PlacedPod> crowded(Skew skew) {
        List<Crowded> found = new ArrayList<>();
        for (NodeView node : snapshot.rows()) {
            int excess = node.pods() == 0 ? 0 : skew.excessAt(node);
            if (excess > 0) {
                // Cost: few pods have the rule, so whether one may go is asked last.
                snapshot.podsOn(node).stream()
                        .filter(each -> isConcerned(each, skew) && permits.mayGo(each))
                        .forEach(each -> found.add(new Crowded(each, excess)));
            }
        }
        return found.stream()
                .sorted(
                        Comparator.comparing((Crowded each) -> -each.excess)
                                .thenComparing(each -> each.pod.pod().priority())
                                .thenComparing(each -> each.pod.pod().key()))
                .limit(PODS)
                .map(Crowded::pod)
                .toList();
    }

    private boolean isConcerned(PlacedPod placed, Skew skew) {
        return snapshot.matches(skew.question(), placed.pod())
                && skews.rulesOf(placed.pod()).contains(skew.rule());
    }

    private static String why(Skew skew) {
        return "to restore its spread over %s: maxSkew is %d, and %d pods are too many where they are"
                .formatted(skew.rule().topologyKey(), skew.rule().maxSkew(), skew.excess());
    }
}
