package dev.gantry.scheduler.plugin.nodeaffinity;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** The node is one that the pod's nodeSelector and required node affinity name. */
public final class NodeAffinity implements Filter {
    private static final Verdict REJECTS =
            Verdict.never("node(s) didn't match Pod's node affinity/selector");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return !pod.nodeAffinity().isAnyNodeRight();
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        return pod.nodeAffinity().allow(node.name(), node.facts().labels())
                ? Verdict.FITS
                : REJECTS;
    }
}
