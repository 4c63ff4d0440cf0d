package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.placement.relation.Relation;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The rules of a profile about other pods, prepared for one pod; most pods have none. */
final class Surroundings {
    /** What a rule about other pods says of a node. */
    record Opinion(String rule, Verdict verdict) {}

    /** A rule that rejects the pod whatever the nodes are like, and why. */
    record Hindrance(String rule, String reason) {}

    private record Judge(String rule, Function<NodeView, Verdict> judge) {}

    private record Wish(int weight, ToIntFunction<NodeView> score) {}

    private static final Opinion NONE = new Opinion("", Verdict.FITS);

    private final List<Judge> judges = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    private Optional<Hindrance> hindrance = Optional.empty();

    Surroundings(Profile profile, PodDemand pod, ClusterSnapshot snapshot) {
        List<Relation> concerned =
                profile.relations().stream().filter(e -> e.concerns(pod, snapshot)).toList();
        for (Relation each : concerned) {
            Optional<String> reason = each.hindrance(pod, snapshot);
            if (reason.isPresent()) {
                hindrance = Optional.of(new Hindrance(each.name(), reason.get()));
                return;
            }
        }
        for (Relation each : concerned) {
            judges.add(new Judge(each.name(), each.prepare(pod, snapshot)));
        }
        for (Profile.Wished each : profile.preferences()) {
            if (each.preference().concerns(pod)) {
                wishes.add(new Wish(each.weight(), each.preference().prepare(pod, snapshot)));
            }
        }
    }

    /** Where there is one, nothing else was prepared. */
    Optional<Hindrance> hindrance() {
        return hindrance;
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
