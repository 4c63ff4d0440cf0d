package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Profile.Wished;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Preference.Basis;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The rules of a profile about more than one node that concern one pod; most pods have none. */
final class Surroundings {
    /** What a rule says of a node. */
    record Opinion(String rule, Verdict verdict) {}

    /** A rule that rejects the pod whatever the nodes are like, and why. */
    record Hindrance(String rule, String reason) {}

    private static final Hindrance CONTRADICTION =
            new Hindrance("NodeAffinity", "pod affinity terms conflict");
    private static final Opinion FITS = new Opinion("", Verdict.FITS);

    private final PodInfo pod;
    private final ClusterSnapshot snapshot;
    private final List<Relation> relations = new ArrayList<>(2);
    private final List<Wished> wished = new ArrayList<>(2);

    Surroundings(Profile profile, PodInfo pod, ClusterSnapshot snapshot) {
        this.pod = pod;
        this.snapshot = snapshot;
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                relations.add(each);
            }
        }
        for (Wished each : profile.preferences()) {
            if (each.weight() > 0 && each.preference().concerns(pod, snapshot)) {
                wished.add(each);
            }
        }
    }

    /** Where there is one, no node needs to be looked at. */
    Optional<Hindrance> hindrance() {
        if (pod.signature().nodeAffinity().pinnedNodes().filter(List::isEmpty).isPresent()) {
            return Optional.of(CONTRADICTION);
        }
        for (Relation each : relations) {
            Optional<String> reason = each.hindrance(pod, snapshot);
            if (reason.isPresent()) {
                return Optional.of(new Hindrance(each.name(), reason.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether a {@link Contest} knows all that matters. */
    boolean areRanked() {
        return relations.isEmpty()
                && wished.stream().allMatch(each -> each.preference().basis() != Basis.CLUSTER);
    }

    /** How much the images of the pod count; zero where they make no difference. */
    int weightOfImages() {
        for (Wished each : wished) {
            if (each.preference().basis() == Basis.IMAGES) {
                return each.weight();
            }
        }
        return 0;
    }

    List<Relation> relations() {
        return relations;
    }

    List<Wished> wished() {
        return wished;
    }

    /** The reference: says which rule is the first to reject a node. */
    Function<NodeView, Opinion> judge() {
        List<Function<NodeView, Verdict>> judges = new ArrayList<>();
        relations.forEach(each -> judges.add(each.prepare(pod, snapshot)));
        return node -> {
            for (int i = 0; i < judges.size(); i++) {
                Verdict verdict = judges.get(i).apply(node);
                if (verdict instanceof Verdict.Rejects) {
                    return new Opinion(relations.get(i).name(), verdict);
                }
            }
            return FITS;
        };
    }

    /** The reference: what each wish gives one of the nodes that are left. */
    Function<NodeView, int[]> wishes(List<NodeView> left) {
        List<ToIntFunction<NodeView>> prepared = new ArrayList<>();
        wished.forEach(each -> prepared.add(each.preference().prepare(pod, snapshot, left)));
        return node -> prepared.stream().mapToInt(each -> each.applyAsInt(node)).toArray();
    }

    /** What the wishes come to together. */
    int total(int[] wishes) {
        int total = 0;
        for (int i = 0; i < wishes.length; i++) {
            total += wished.get(i).weight() * wishes[i];
        }
        return total;
    }

    /** The fast twin of {@link #judge}: takes out the nodes that a rule rejects. */
    void narrow(Candidates left, Tally tally) {
        for (Relation each : relations) {
            int before = left.size();
            each.narrow(pod, snapshot, left);
            if (left.size() < before) {
                var verdicts = left.takeRejections();
                tally.rejected(each.name(), verdicts, left.rows(), left.size(), before);
            }
        }
    }

    /** The fast twin of {@link #wishes}: one array per wish, by place among what is left. */
    int[][] wishes(Candidates left) {
        int[][] found = new int[wished.size()][];
        for (int i = 0; i < found.length; i++) {
            found[i] = wished.get(i).preference().scores(pod, snapshot, left);
        }
        return found;
    }
}
