package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profile.WeightedScore;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.List;

/** The rules of a profile that matter for pods of one signature. */
public final class NodeEvaluator {
    public static final int FITS = -1;

    private final PodSignature signature;
    private final List<Filter> filters = new ArrayList<>(6);
    private final List<WeightedScore> scores = new ArrayList<>(6);

    public NodeEvaluator(Profile profile, PodSignature signature) {
        this.signature = signature;
        for (Filter each : profile.filters()) {
            if (each.concerns(signature)) {
                filters.add(each);
            }
        }
        for (WeightedScore each : profile.scores()) {
            if (each.weight() > 0 && each.score().concerns(signature)) {
                scores.add(each);
            }
        }
    }

    public List<Filter> filters() {
        return filters;
    }

    public List<WeightedScore> scores() {
        return scores;
    }

    /** The first filter that rejects the node, or {@link #FITS}. */
    public int rejectingFilter(NodeView node) {
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).passes(signature, node)) {
                return i;
            }
        }
        return FITS;
    }

    /** What this filter, which rejects the node, says. */
    public Verdict.Rejects rejection(int filter, NodeView node) {
        return (Verdict.Rejects) filters.get(filter).judge(signature, node);
    }

    public int score(NodeView node) {
        int total = 0;
        for (int i = 0; i < scores.size(); i++) {
            WeightedScore each = scores.get(i);
            total += each.weight() * each.score().score(signature, node);
        }
        return total;
    }
}
