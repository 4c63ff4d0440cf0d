package dev.gantry.scheduler.snapshot.node;

import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * One node as if some of its pods were not there: for rules that look at that node alone. When it
 * is closed nothing has changed, so no ranking needs to follow.
 */
public final class Absence implements AutoCloseable {
    private final NodeView node;
    private final List<PodInfo> away = new ArrayList<>();

    public Absence(NodeView node) {
        this.node = node;
    }

    public void leave(PodInfo pod) {
        node.charge(pod.signature(), -1);
        away.add(pod);
    }

    /** Cost: the last who left comes back first, mostly. */
    public void comeBack(PodInfo pod) {
        int at = away.lastIndexOf(pod);
        away.remove(at);
        node.charge(pod.signature(), 1);
    }

    @Override
    public void close() {
        for (PodInfo each : away) {
            node.charge(each.signature(), 1);
        }
        away.clear();
    }
}
