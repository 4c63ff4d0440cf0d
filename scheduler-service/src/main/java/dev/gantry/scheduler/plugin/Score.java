package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** A rule that prefers some nodes, 0 to {@link #MAX}. Looks at the node alone. */
public interface Score {
    /**
     * Scores are reckoned finer than in upstream's points, of which a rule gives 100 at most: one
     * pod more is often less than a hundredth of its node, and what counts as equal is scattered.
     */
    int POINT = 16;

    int MAX = 100 * POINT;

    String name();

    /** False where this rule scores all nodes alike for such a pod: it is then left out. */
    boolean concerns(PodSignature pod);

    int score(PodSignature pod, NodeView node);
}
