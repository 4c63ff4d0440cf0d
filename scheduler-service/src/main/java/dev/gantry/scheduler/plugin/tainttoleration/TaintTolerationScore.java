package dev.gantry.scheduler.plugin.tainttoleration;

import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import dev.gantry.scheduler.plugin.ScaledPreference;
import dev.gantry.scheduler.plugin.Share;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;

/** The fewer taints of effect PreferNoSchedule that the pod does not tolerate, the better. */
public final class TaintTolerationScore implements ScaledPreference {
    /** How many there are. */
    private record Unloved(List<Toleration> tolerations) implements FactRule {
        @Override
        public int of(NodeFacts node) {
            int untolerated = 0;
            for (Taint taint : node.taints()) {
                untolerated += taint.isSoft() && !isTolerated(taint) ? 1 : 0;
            }
            return untolerated;
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
    public boolean concerns(PodSignature signature, ClusterSnapshot snapshot) {
        return snapshot.hasSoftTaints();
    }

    @Override
    public FactRule points(PodSignature signature) {
        return new Unloved(signature.tolerations());
    }

    @Override
    public Share share() {
        return Share.BAD;
    }
}
