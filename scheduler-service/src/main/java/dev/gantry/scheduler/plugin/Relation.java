package dev.gantry.scheduler.plugin;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/** A rule that looks at more than the node: at other pods, at volumes, at devices. */
public interface Relation {
    /** Upstream's name of the plugin. */
    String name();

    /** False where this rule passes every node for the pod: it is then left out. */
    boolean concerns(PodInfo pod, ClusterSnapshot snapshot);

    /**
     * Why no node will do, whatever the nodes are like; empty where nodes have to be looked at. Is
     * only asked where the rule concerns the pod.
     *
     * <p>Compat: a rejection by a plugin's PreFilter.
     */
    default Optional<String> preFilter(PodInfo pod, ClusterSnapshot snapshot) {
        return Optional.empty();
    }

    /** Looks at the whole once. What comes back is right until the snapshot changes. */
    Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot);

    /** What else must be written if the pod goes to this node, which this rule passes. */
    default Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        return Consequences.NONE;
    }

    /**
     * What could be written so that the pod may fit later, now that it fits nowhere.
     *
     * @param reasons why not
     */
    default Optional<Effect> relief(
            PodInfo pod, SortedSet<String> reasons, ClusterSnapshot snapshot) {
        return Optional.empty();
    }

    /** Takes out all nodes that {@link #prepare} rejects; rules may have a faster way to do it. */
    default void narrow(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        Function<NodeView, Verdict> judge = prepare(pod, snapshot);
        int[] rows = left.rows();
        int i = 0;
        while (i < left.size()) {
            if (judge.apply(snapshot.row(rows[i])) instanceof Verdict.Rejects why) {
                int last = left.size() - 1;
                int out = rows[i];
                rows[i] = rows[last];
                rows[last] = out;
                left.keep(last, why);
            } else {
                i++;
            }
        }
    }

    /** What {@link #prepare} would say of one node, without looking at all the others first. */
    default Verdict judge(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        var alone = new Candidates(new int[] {node.row()}, 1);
        narrow(pod, snapshot, alone);
        for (Verdict.Rejects rejection : alone.takeRejections().keySet()) {
            return rejection;
        }
        return Verdict.FITS;
    }
}
