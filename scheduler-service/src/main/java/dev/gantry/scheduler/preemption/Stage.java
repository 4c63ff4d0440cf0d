package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.Absence;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayList;
import java.util.List;

/**
 * Where pods can be taken off a node and put back while a rule is asked; all are back at the end.
 */
sealed interface Stage extends AutoCloseable {
    void takeOff(PlacedPod pod);

    void putBack(PlacedPod pod);

    Verdict judge();

    @Override
    void close();

    /** For rules that look at one node alone. */
    record Alone(NodeView node, Rules rules, Absence absence) implements Stage {
        @Override
        public void takeOff(PlacedPod pod) {
            absence.leave(pod.pod());
        }

        @Override
        public void putBack(PlacedPod pod) {
            absence.comeBack(pod.pod());
        }

        @Override
        public Verdict judge() {
            return rules.judgeAlone(node);
        }

        @Override
        public void close() {
            absence.close();
        }
    }

    /** For rules about other pods: the whole snapshot changes, and everybody follows. */
    record Whole(NodeView node, Rules rules, ClusterSnapshot snapshot, List<PlacedPod> away)
            implements Stage {
        static Whole of(NodeView node, Rules rules, ClusterSnapshot snapshot) {
            return new Whole(node, rules, snapshot, new ArrayList<>());
        }

        @Override
        public void takeOff(PlacedPod pod) {
            snapshot.setAside(pod.pod().uid());
            away.add(pod);
        }

        @Override
        public void putBack(PlacedPod pod) {
            away.remove(pod);
            snapshot.put(pod);
        }

        @Override
        public Verdict judge() {
            return rules.judge(node, snapshot);
        }

        @Override
        public void close() {
            away.forEach(snapshot::put);
            away.clear();
        }
    }
}
