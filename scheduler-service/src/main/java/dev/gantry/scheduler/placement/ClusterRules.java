package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.explain.Explainer;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profile.WeightedPreference;
import dev.gantry.scheduler.placement.ranking.RankedNodes;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Preference.Basis;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The rules of a profile about more than one node that concern one pod; most pods have none. */
final class ClusterRules {
    /** What a rule says of a node. */
    record NodeVerdict(String rule, Verdict verdict) {}

    /** A rule that rejects the pod whatever the nodes are like, and why. */
    record PreFilterRejection(String rule, String reason) {}

    private static final PreFilterRejection CONTRADICTION =
            new PreFilterRejection("NodeAffinity", "pod affinity terms conflict");
    private static final NodeVerdict FITS = new NodeVerdict("", Verdict.FITS);

    private final PodInfo pod;
    private final ClusterSnapshot snapshot;
    private final List<Relation> relations = new ArrayList<>(2);
    private final List<WeightedPreference> preferences = new ArrayList<>(2);

    ClusterRules(Profile profile, PodInfo pod, ClusterSnapshot snapshot) {
        this.pod = pod;
        this.snapshot = snapshot;
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                relations.add(each);
            }
        }
        for (WeightedPreference each : profile.preferences()) {
            if (each.weight() > 0 && each.preference().concerns(pod, snapshot)) {
                preferences.add(each);
            }
        }
    }

    /** Where there is one, no node needs to be looked at. */
    Optional<PreFilterRejection> preFilterRejection() {
        if (pod.signature().nodeAffinity().pinnedNodes().filter(List::isEmpty).isPresent()) {
            return Optional.of(CONTRADICTION);
        }
        for (Relation each : relations) {
            Optional<String> reason = each.preFilter(pod, snapshot);
            if (reason.isPresent()) {
                return Optional.of(new PreFilterRejection(each.name(), reason.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether a {@link RankedNodes} knows all that matters. */
    boolean areRanked() {
        return relations.isEmpty()
                && preferences.stream()
                        .allMatch(each -> each.preference().basis() != Basis.CLUSTER);
    }

    /** How much the images of the pod count; zero where they make no difference. */
    int weightOfImages() {
        for (WeightedPreference each : preferences) {
            if (each.preference().basis() == Basis.IMAGES) {
                return each.weight();
            }
        }
        return 0;
    }

    List<Relation> relations() {
        return relations;
    }

    List<WeightedPreference> preferences() {
        return preferences;
    }

    /** The reference: says which rule is the first to reject a node. */
    Function<NodeView, NodeVerdict> judge() {
        List<Function<NodeView, Verdict>> judges = new ArrayList<>();
        relations.forEach(each -> judges.add(each.prepare(pod, snapshot)));
        return node -> {
            for (int i = 0; i < judges.size(); i++) {
                Verdict verdict = judges.get(i).apply(node);
                if (verdict instanceof Verdict.Rejects) {
                    return new NodeVerdict(relations.get(i).name(), verdict);
                }
            }
            return FITS;
        };
    }

    /** The reference: what each preference gives one of the nodes that are left. */
    Function<NodeView, int[]> preferenceScores(List<NodeView> left) {
        List<ToIntFunction<NodeView>> prepared = new ArrayList<>();
        preferences.forEach(each -> prepared.add(each.preference().prepare(pod, snapshot, left)));
        return node -> prepared.stream().mapToInt(each -> each.applyAsInt(node)).toArray();
    }

    /** What the preferences come to together. */
    int total(int[] scores) {
        int total = 0;
        for (int i = 0; i < scores.length; i++) {
            total += preferences.get(i).weight() * scores[i];
        }
        return total;
    }

    /** The fast twin of {@link #judge}: takes out the nodes that a rule rejects. */
    void narrow(Candidates left, Explainer explainer) {
        for (Relation each : relations) {
            int before = left.size();
            each.narrow(pod, snapshot, left);
            if (left.size() < before) {
                var verdicts = left.takeRejections();
                explainer.rejected(each.name(), verdicts, left.rows(), left.size(), before);
            }
        }
    }

    /**
     * The fast twin of {@link #preferenceScores}: one array per preference, by place among what is
     * left.
     */
    int[][] preferenceScores(Candidates left) {
        int[][] found = new int[preferences.size()][];
        for (int i = 0; i < found.length; i++) {
            found[i] = preferences.get(i).preference().scores(pod, snapshot, left);
        }
        return found;
    }
}
