package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.NodeAffinityTerms;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/**
 * The node is one that the profile allows its pods: upstream's {@code addedAffinity}.
 *
 * @param added holds for every pod of the profile, besides what the pod itself wants
 */
public record AddedAffinity(NodeAffinityTerms added) implements Filter {
    private static final Verdict REJECTS =
            Verdict.never("node(s) didn't match scheduler-enforced node affinity");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return !added.isAnyNodeRight();
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        return added.allow(node.name(), node.facts().labels()) ? Verdict.FITS : REJECTS;
    }
}
