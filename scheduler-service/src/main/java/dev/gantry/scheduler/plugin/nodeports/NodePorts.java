package dev.gantry.scheduler.plugin.nodeports;

import dev.gantry.model.pod.HostPort;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** Every host port that the pod asks for is free. */
public final class NodePorts implements Filter {
    private static final Verdict REJECTS =
            Verdict.untilFreed("node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return !pod.ports().isEmpty();
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        for (HostPort port : pod.ports()) {
            if (node.hasConflict(port)) {
                return REJECTS;
            }
        }
        return Verdict.FITS;
    }
}
