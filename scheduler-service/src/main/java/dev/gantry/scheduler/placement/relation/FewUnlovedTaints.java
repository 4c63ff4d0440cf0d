package dev.gantry.scheduler.placement.relation;

import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.FactRule;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import java.util.List;
import java.util.function.ToIntFunction;

/** The fewer taints of effect PreferNoSchedule that the pod does not tolerate, the better. */
public final class FewUnlovedTaints implements Preference {
    /** How many there are. */
    private record Unloved(List<Toleration> tolerations) implements FactRule {
        @Override
        public int of(NodeFacts node) {
            int unloved = 0;
            for (Taint taint : node.taints()) {
                unloved += taint.isSoft() && !isTolerated(taint) ? 1 : 0;
            }
            return unloved;
        }

        private boolean isTolerated(Taint taint) {
            for (Toleration each : tolerations) {
                if (each.tolerates(taint)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        return snapshot.hasSoftTaints();
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodDemand pod, ClusterSnapshot snapshot, List<NodeView> left) {
        return Share.BAD.among(left, new Unloved(pod.shape().tolerations()));
    }

    @Override
    public int[] scores(PodDemand pod, ClusterSnapshot snapshot, Candidates left) {
        return Share.BAD.among(left, snapshot.column(new Unloved(pod.shape().tolerations())));
    }
}
