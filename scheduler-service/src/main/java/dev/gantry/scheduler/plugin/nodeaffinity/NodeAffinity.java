package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/** The node is one that the pod's nodeSelector and required node affinity name. */
public final class NodeAffinity implements Filter {
    private static final Verdict REJECTS =
            Verdict.never("node(s) didn't match Pod's node affinity/selector");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return !pod.wishes().isAnyNodeRight();
    }

    @Override
    public Verdict judge(PodShape pod, NodeView node) {
        return pod.wishes().allow(node.name(), node.facts().labels()) ? Verdict.FITS : REJECTS;
    }
}
