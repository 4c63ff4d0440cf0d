package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;
import java.util.List;

/**
 * The pods of a node that cannot be reached.
 *
 * @param pods none where the node is well
 */
record PodReadinessView(List<Resource> pods) {}
