package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodShape;

/** A rule that prefers some nodes, 0 to {@link #MAX}. Looks at the node alone. */
public interface Score {
    int MAX = 100;

    String name();

    /** False where this rule scores all nodes alike for such a pod: it is then left out. */
    boolean concerns(PodShape pod);

    int score(PodShape pod, NodeView node);
}
