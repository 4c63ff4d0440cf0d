package dev.gantry.scheduler.plugin.nodeports;

import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.HostPort;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/** Every host port that the pod asks for is free. */
public final class NodePorts implements Filter {
    private static final Verdict REJECTS =
            Verdict.untilFreed("node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return !pod.ports().isEmpty();
    }

    @Override
    public Verdict judge(PodShape pod, NodeView node) {
        for (HostPort port : pod.ports()) {
            if (node.hasConflict(port)) {
                return REJECTS;
            }
        }
        return Verdict.FITS;
    }
}
