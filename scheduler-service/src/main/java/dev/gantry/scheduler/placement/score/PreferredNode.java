package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.NodeWishes;
import dev.gantry.scheduler.snapshot.pod.NodeWishes.Preference;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/**
 * Preferred node affinity: the share of the wishes, by weight, that the node fulfils.
 *
 * @param added what the profile prefers for its pods besides what they prefer themselves
 */
public record PreferredNode(NodeWishes added) implements Score {
    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return !pod.wishes().preferred().isEmpty() || !added.preferred().isEmpty();
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        int wished = total(pod.wishes()) + total(added);
        int fulfilled = fulfilled(pod.wishes(), node) + fulfilled(added, node);
        return wished == 0 ? 0 : fulfilled * MAX / wished;
    }

    private static int total(NodeWishes wishes) {
        int total = 0;
        for (Preference each : wishes.preferred()) {
            total += each.weight();
        }
        return total;
    }

    private static int fulfilled(NodeWishes wishes, NodeView node) {
        int fulfilled = 0;
        for (Preference each : wishes.preferred()) {
            if (each.term().selects(node.name(), node.facts().labels())) {
                fulfilled += each.weight();
            }
        }
        return fulfilled;
    }
}
