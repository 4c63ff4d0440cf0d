package dev.gantry.scheduler.placement.score;

import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/** The fewer taints of effect PreferNoSchedule that the pod does not tolerate, the better. */
public final class FewUnlovedTaints implements Score {
    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return true;
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        int unloved = 0;
        for (Taint taint : node.facts().taints()) {
            if (taint.effect().equals(Taint.PREFER_NO_SCHEDULE) && !pod.tolerates(taint)) {
                unloved++;
            }
        }
        return MAX / (1 + unloved);
    }
}
