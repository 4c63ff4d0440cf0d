package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.NodeWishes;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/**
 * The node is one that the profile allows its pods: upstream's {@code addedAffinity}.
 *
 * @param added holds for every pod of the profile, besides what the pod itself wants
 */
public record AddedAffinity(NodeWishes added) implements Filter {
    private static final Verdict REJECTS =
            Verdict.never("node(s) didn't match scheduler-enforced node affinity");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return !added.isAnyNodeRight();
    }

    @Override
    public Verdict judge(PodShape pod, NodeView node) {
        return added.allow(node.name(), node.facts().labels()) ? Verdict.FITS : REJECTS;
    }
}
