package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.placement.relation.Relation;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The rules of a profile about other pods, prepared for one pod; most pods have none. */
final class Surroundings {
    /** What a rule about other pods says of a node. */
    record Opinion(String rule, Verdict verdict) {}

    private record Judge(String rule, Function<NodeView, Verdict> judge) {}

    private record Wish(int weight, ToIntFunction<NodeView> score) {}

    private static final Opinion NONE = new Opinion("", Verdict.FITS);

    private final List<Judge> judges = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    Surroundings(Profile profile, PodDemand pod, ClusterSnapshot snapshot) {
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                judges.add(new Judge(each.name(), each.prepare(pod, snapshot)));
            }
        }
        for (Profile.Wished each : profile.preferences()) {
            if (each.preference().concerns(pod)) {
                wishes.add(new Wish(each.weight(), each.preference().prepare(pod, snapshot)));
            }
        }
    }

    boolean areIndifferent() {
        return judges.isEmpty() && wishes.isEmpty();
    }

    /** The first rule that rejects the node, or an opinion that it fits. */
    Opinion judge(NodeView node) {
        for (Judge each : judges) {
            Verdict verdict = each.judge.apply(node);
            if (verdict instanceof Verdict.Rejects) {
                return new Opinion(each.rule, verdict);
            }
        }
        return NONE;
    }

    int score(NodeView node) {
        int total = 0;
        for (Wish each : wishes) {
            total += each.weight * each.score.applyAsInt(node);
        }
        return total;
    }
}
