package dev.gantry.scheduler.plugin.nodeunschedulable;

import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** The node is not cordoned, or the pod tolerates that. */
public final class NodeUnschedulable implements Filter {
    private static final Taint CORDONED =
            new Taint("node.kubernetes.io/unschedulable", "", Taint.NO_SCHEDULE);
    private static final Verdict REJECTS = Verdict.never("node(s) were unschedulable");

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return !pod.tolerates(CORDONED);
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        return node.facts().isUnschedulable() && !pod.tolerates(CORDONED) ? REJECTS : Verdict.FITS;
    }
}
