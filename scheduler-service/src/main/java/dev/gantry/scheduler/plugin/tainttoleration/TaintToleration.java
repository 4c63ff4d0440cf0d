package dev.gantry.scheduler.plugin.tainttoleration;

import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** Every taint that forbids pods is one that this pod tolerates. */
public final class TaintToleration implements Filter {
    /** Compat: since v1.35 the taint itself is not told. */
    private static final Verdict REJECTS = Verdict.never("node(s) had untolerated taint(s)");

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return true;
    }

    @Override
    public Verdict judge(PodSignature pod, NodeView node) {
        for (Taint taint : node.facts().taints()) {
            if (taint.isForbidding() && !pod.tolerates(taint)) {
                return REJECTS;
            }
        }
        return Verdict.FITS;
    }

    @Override
    public boolean passes(PodSignature pod, NodeView node) {
        for (Taint taint : node.facts().taints()) {
            if (taint.isForbidding() && !pod.tolerates(taint)) {
                return false;
            }
        }
        return true;
    }
}
