package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;

/** The rules of a profile that a node must pass for one pod. */
final class Rules {
    private final PodInfo pod;
    private final List<Filter> filters;
    private final List<Relation> relations;

    Rules(Profile profile, PodInfo pod, ClusterSnapshot snapshot) {
        PodSignature signature = pod.signature();
        this.pod = pod;
        this.filters = profile.filters().stream().filter(each -> each.concerns(signature)).toList();
        this.relations =
                profile.relations().stream().filter(each -> each.concerns(pod, snapshot)).toList();
    }

    /** Whether the pod fits nowhere, whichever pods leave. */
    boolean areVain(ClusterSnapshot snapshot) {
        return relations.stream().anyMatch(each -> each.preFilter(pod, snapshot).isPresent());
    }

    /** Whether one node at a time is all that matters. */
    boolean areLocal() {
        return relations.isEmpty();
    }

    /** What the rules say that look at one node alone. */
    Verdict judgeAlone(NodeView node) {
        for (Filter each : filters) {
            Verdict verdict = each.judge(pod.signature(), node);
            if (verdict instanceof Verdict.Rejects) {
                return verdict;
            }
        }
        return Verdict.FITS;
    }

    /** What all rules say as the snapshot is now. */
    Verdict judge(NodeView node, ClusterSnapshot snapshot) {
        Verdict alone = judgeAlone(node);
        if (alone instanceof Verdict.Rejects) {
            return alone;
        }
        for (Relation each : relations) {
            Verdict verdict = each.judge(pod, node, snapshot);
            if (verdict instanceof Verdict.Rejects) {
                return verdict;
            }
        }
        return Verdict.FITS;
    }
}
