package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.NodeWishes.Preference;
import dev.gantry.scheduler.snapshot.PodShape;

/** Preferred node affinity: the share of the pod's wishes, by weight, that the node fulfils. */
public final class PreferredNode implements Score {
    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return !pod.wishes().preferred().isEmpty();
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        int wished = 0;
        int fulfilled = 0;
        for (Preference each : pod.wishes().preferred()) {
            wished += each.weight();
            if (each.term().selects(node.name(), node.facts().labels())) {
                fulfilled += each.weight();
            }
        }
        return wished == 0 ? 0 : fulfilled * MAX / wished;
    }
}
