package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Profile.Weighted;
import dev.gantry.scheduler.placement.filter.Filter;
import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodShape;
import java.util.List;

/** The rules of a profile that matter for pods of one shape. */
final class Appraiser {
    static final int FITS = -1;

    private final PodShape shape;
    private final List<Filter> filters;
    private final List<Weighted> scores;

    Appraiser(Profile profile, PodShape shape) {
        this.shape = shape;
        this.filters = profile.filters().stream().filter(each -> each.concerns(shape)).toList();
        this.scores =
                profile.scores().stream().filter(each -> each.score().concerns(shape)).toList();
    }

    List<Filter> filters() {
        return filters;
    }

    /** The first filter that rejects the node, or {@link #FITS}. */
    int rejectingFilter(NodeView node) {
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).judge(shape, node) instanceof Verdict.Rejects) {
                return i;
            }
        }
        return FITS;
    }

    Verdict judge(NodeView node) {
        int filter = rejectingFilter(node);
        return filter == FITS ? Verdict.FITS : filters.get(filter).judge(shape, node);
    }

    int score(NodeView node) {
        int total = 0;
        for (Weighted each : scores) {
            total += each.weight() * each.score().score(shape, node);
        }
        return total;
    }
}
